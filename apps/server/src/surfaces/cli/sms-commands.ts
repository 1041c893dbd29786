import { Command } from 'commander';
import { toShanghai } from '../../kernel/time.ts';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

/** `signet sms template|list`: what notices may say, and how messages fared. */
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
  sms
    .command('list')
    .option('--app <appId>', 'of this app alone')
    .option('--limit <number>', 'how many', '20')
    .description('the newest messages: state, parts, who took them and why they failed; never whom they went to')
    .action(({ app: appId, limit }: { app?: string; limit: string }) =>
      withModules(async ({ messaging }) => {
        if (!/^[1-9]\d{0,3}$/.test(limit)) throw new CommandError('--limit takes a number from 1 to 9999.');
        for (const one of await messaging.listRecentMessages({ appId, limit: Number(limit) })) {
          const { messageId, kind, templateCode, state, parts, source, reason, at } = one;
          print(
            `${toShanghai(at)}  ${messageId}  ${one.appId}  ${templateCode ?? kind}  ${state}  parts ${parts}  ${source ?? '-'}  ${reason ?? ''}`,
          );
        }
      }),
    );
  return sms;
}
