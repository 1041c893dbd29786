import { Command } from 'commander';
import { toShanghai } from '../../kernel/time.ts';
import { print } from './output.ts';
import { withModules } from './session.ts';

/** `signet sealing list|retry`: signatures that parties have confirmed and that are not there yet. */
export function sealingCommands(): Command {
  const sealing = new Command('sealing').description('signatures that are owed');
  sealing
    .command('list')
    .description('what is owed, since when, and the last fault')
    .action(() =>
      withModules(async ({ contracts }) => {
        const owed = await contracts.sealing.owed(0);
        for (const { contractId, accountId, since, attempts, error } of owed) {
          print(
            `${contractId}  ${accountId}  since ${since ? toShanghai(since) : '-'}  tries ${attempts}  ${error ?? ''}`,
          );
        }
        print(`${owed.length} signatures are owed.`);
      }),
    );
  sealing
    .command('retry')
    .description('try all of them again now; the running server does the work')
    .action(() =>
      withModules(async ({ contracts }) => {
        print(`${await contracts.sealing.retryOwed()} signatures will be tried again.`);
      }),
    );
  return sealing;
}
