import { Command } from 'commander';
import { MIGRATIONS_FOLDER } from '../../platform.ts';
import { runDoctor } from './doctor.ts';
import { print } from './output.ts';

/** `signet doctor`: exit code 1 when the installation has a fault. */
export function doctorCommand(): Command {
  return new Command('doctor').description('name each fault of this installation and its mend').action(async () => {
    process.exitCode = await runDoctor({ migrationsFolder: MIGRATIONS_FOLDER, write: print });
  });
}
