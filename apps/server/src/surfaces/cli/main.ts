/** `npx signet …`: operators' commands. They work while the server runs, and without it. */
import { Command } from 'commander';
import { ConfigError } from '../../config.ts';
import { InstallationError } from '../../kernel/installation-error.ts';
import { appCommands } from './app-commands.ts';
import { bankCommands } from './bank-commands.ts';
import { callbackCommands } from './callback-commands.ts';
import { consoleCommands } from './console-commands.ts';
import { dataKeyCommand } from './data-key-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { evidenceCommand } from './evidence-command.ts';
import { forgetCommand } from './forget-command.ts';
import { CommandError } from './output.ts';
import { registryCommands } from './registry-commands.ts';
import { retentionCommand } from './retention-command.ts';
import { sealingCommands } from './sealing-commands.ts';
import { smsCommands } from './sms-commands.ts';
import { verifyPdfCommand } from './verify-pdf-command.ts';

const program = new Command('signet').description('签印 Signet: commands for operators');
program.addCommand(appCommands());
program.addCommand(callbackCommands());
program.addCommand(consoleCommands());
program.addCommand(dataKeyCommand());
program.addCommand(bankCommands());
program.addCommand(doctorCommand());
program.addCommand(evidenceCommand());
program.addCommand(forgetCommand());
program.addCommand(registryCommands());
program.addCommand(retentionCommand());
program.addCommand(sealingCommands());
program.addCommand(smsCommands());
program.addCommand(verifyPdfCommand());

try {
  await program.parseAsync();
} catch (error) {
  const isExplained = [ConfigError, InstallationError, CommandError].some((kind) => error instanceof kind);
  if (!isExplained) throw error;
  console.error((error as Error).message);
  process.exitCode = 1;
}
