import { Command } from 'commander';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet sms template CODE TEXT`: what notices may say. */
export function smsCommands(): Command {
  const sms = new Command('sms').description('text messages');
  sms
    .command('template')
    .argument('<code>', 'the templateCode that calls name')
    .argument('<text>', 'the text without signature; {name} stands for a parameter')
    .option('--app <appId>', 'for this app alone')
    .description('save a template of notices (通知短信模板)')
    .action((code: string, text: string, { app: appId }: { app?: string }) =>
      withModules(async ({ messaging }) => {
        const problem = await messaging.saveTemplate({ code, text, appId });
        if (problem) throw new CommandError(`The template was not saved: ${problem}.`);
        print(`Template ${code} saved.`);
      }),
    );
  return sms;
}
