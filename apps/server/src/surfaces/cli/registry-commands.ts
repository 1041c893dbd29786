import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet registry import FILE.csv`: more people and companies for the sandbox. */
export function registryCommands(): Command {
  const registry = new Command('registry').description('the people and companies that the sandbox knows');
  registry
    .command('import')
    .argument('<file>', 'CSV file; its columns are in apps/server/src/providers/identity-sandbox/README.md')
    .description('load people and companies, all or none')
    .action((file: string) =>
      withModules(async ({ sandboxRegistry }) => {
        if (!sandboxRegistry) throw new CommandError('A production installation has no sandbox registry.');
        const text = await readFile(file, 'utf8').catch(() => undefined);
        if (text === undefined) throw new CommandError(`${file} cannot be read.`);
        const { loaded } = await sandboxRegistry.importCsv(text).catch((error: Error) => {
          throw error.name === 'RegistryCsvError' ? new CommandError(error.message) : error;
        });
        print(`${loaded} entries loaded.`);
      }),
    );
  return registry;
}
