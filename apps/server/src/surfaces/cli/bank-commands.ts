import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet banks import FILE.csv`: the branches that payouts can go to. */
export function bankCommands(): Command {
  const banks = new Command('banks').description('bank branches for payouts to companies (打款认证)');
  banks
    .command('import')
    .argument('<file>', 'CSV file: bankName,bankCode,bankBranchName,bankBranchCode,province,city')
    .description('add or replace branches, all or none')
    .action((file: string) =>
      withModules(async ({ identity }) => {
        const text = await readFile(file, 'utf8').catch(() => undefined);
        if (text === undefined) throw new CommandError(`${file} cannot be read.`);
        const { loaded } = await identity.importBankBranches(text).catch((error: Error) => {
          throw error.name === 'BankCsvError' ? new CommandError(error.message) : error;
        });
        print(`${loaded} branches loaded.`);
      }),
    );
  return banks;
}
