import { Command } from 'commander';
import { OperatorError, type Operators, TEMPORARY_PASSWORD_HOURS } from '../../modules/operators/index.ts';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet console setup-code|reset`: for those whom the console itself cannot let in. */
export function consoleCommands(): Command {
  const command = new Command('console').description('accounts of the console');
  command
    .command('setup-code')
    .description('a new address to make the first account at; older ones work no longer')
    .action(() =>
      withModules(async ({ operators }) => {
        const link = await operators.setupLink();
        if (!link) throw new CommandError('There is an account already. See: npx signet console reset <name>');
        print(link);
      }),
    );
  command
    .command('reset')
    .argument('<name>')
    .description('a new password for an account, without its second factor and its lock')
    .action((name: string) => withModules(({ operators }) => reset(operators, name)));
  return command;
}

async function reset({ administration }: Operators, name: string): Promise<void> {
  const { operator, temporaryPassword } = await administration.resetByName(name).catch((error: unknown) => {
    const isUnknown = error instanceof OperatorError && error.refusal === 'NOT_FOUND';
    throw isUnknown ? new CommandError(`There is no account ${name}.`) : error;
  });
  print(`Account   ${operator.name} (${operator.role}${operator.disabled ? ', disabled' : ''})`);
  print(`Password  ${temporaryPassword}`);
  print(`It works for ${TEMPORARY_PASSWORD_HOURS} hours, must be changed at the first login and is not shown again.`);
  print('Sessions of the account have ended.');
}
