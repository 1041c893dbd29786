import { CALLBACK_TYPES } from '@signet/protocol/callbacks';
import { Command } from 'commander';
import type { App, AppSettings } from '../../modules/apps/index.ts';
import {
  parseCallbackTypes,
  parseCallbackUrl,
  parseLimit,
  parseNetworks,
  parseOrigins,
  parseSchemes,
} from './app-options.ts';
import { requireApp } from './named-app.ts';
import { print } from './output.ts';
import { withModules } from './session.ts';

interface SwitchOptions {
  readonly name?: string;
  readonly enabled?: boolean;
  readonly strict?: boolean;
  readonly selfCertification?: boolean;
  readonly silentSigning?: boolean;
  readonly plainIdentity?: boolean;
  readonly pathWithoutApi?: boolean;
  readonly smsLimits?: boolean;
  readonly checkBeforeReading?: boolean;
  readonly limit?: number | null;
  readonly ips?: string[];
  readonly callbackUrl?: string | null;
  readonly callbackTypes?: readonly string[];
  readonly redirectSchemes?: readonly string[];
  readonly embeddingOrigins?: readonly string[];
}

/** `signet app create|list|set|rotate`. */
export function appCommands(): Command {
  const app = new Command('app').description('apps and their keys');
  withSwitches(app.command('create').argument('<name>').description('make an app; its secret is shown once')).action(
    (name: string, options: SwitchOptions) => create(name, options),
  );
  app.command('list').description('all apps and their switches').action(list);
  withSwitches(app.command('set').argument('<appKey>').description('change switches; takes effect within a second'))
    .option('--name <name>', 'a new name')
    .action((appKey: string, options: SwitchOptions) => set(appKey, options));
  app
    .command('rotate')
    .argument('<appKey>')
    .option('--callback', 'the secret that signs callbacks instead of the app secret')
    .description('make a new secret; the old one works for 24 hours more')
    .action(rotate);
  return app;
}

function withSwitches(command: Command): Command {
  const switches: readonly (readonly [string, string])[] = [
    ['enabled', 'the app may call'],
    ['strict', 'timestamp, nonce and Content-MD5 are required and signed'],
    ['self-certification', 'users may be created without a compliant verification (自身认证方式)'],
    ['silent-signing', 'seals may be used by grant without asking again (无感签署)'],
    ['plain-identity', 'id numbers and phones are answered in clear'],
    ['path-without-api', 'requests signed over a path without /api are accepted'],
    ['sms-limits', '60 seconds between codes, 10 a day per phone'],
    ['check-before-reading', 'parties are checked by SMS before they see a document'],
  ];
  for (const [name, meaning] of switches) command.option(`--${name}`, meaning).option(`--no-${name}`);
  return command
    .option('--limit <number>', 'requests per minute, or "none"', parseLimit)
    .option('--ips <list>', 'addresses and networks that may call, comma-separated, or "any"', parseNetworks)
    .option('--callback-url <url>', 'where callbacks go, or "none"', parseCallbackUrl)
    .option('--callback-types <list>', 'businessTypes to send, comma-separated, "all" or "none"', parseCallbackTypes)
    .option('--redirect-schemes <list>', 'schemes of apps that pages may return to, or "none"', parseSchemes)
    .option('--embedding-origins <list>', 'origins that may embed our pages, or "none"', parseOrigins);
}

async function create(name: string, options: SwitchOptions): Promise<void> {
  await withModules(async ({ apps }) => {
    const { app, secret, callbackSecret } = await apps.create({ ...toSettings(options), name });
    print(`AppKey          ${app.appKey}`);
    print(`AppSecret       ${secret}`);
    print(`CallbackSecret  ${callbackSecret}`);
    print('The AppSecret is not shown again.');
  });
}

async function list(): Promise<void> {
  await withModules(async ({ apps }) => {
    for (const app of await apps.list()) print(describe(app));
  });
}

async function set(appKey: string, options: SwitchOptions): Promise<void> {
  await withModules(async ({ apps }) => {
    await requireApp(apps, appKey);
    print(describe(await apps.set(appKey, toSettings(options))));
  });
}

async function rotate(appKey: string, { callback = false }: { readonly callback?: boolean }): Promise<void> {
  await withModules(async ({ apps }) => {
    const app = await requireApp(apps, appKey);
    if (callback) {
      print(`CallbackSecret  ${await apps.rotateCallbackSecret(app.id)}`);
      print('Callbacks carry a signature of the old secret too for 24 hours more.');
      return;
    }
    const { secret } = await apps.rotate(appKey);
    print(`AppSecret  ${secret}`);
    print('The old secret works for 24 hours more. The new one is not shown again.');
  });
}

function toSettings({ limit, ips, ...switches }: SwitchOptions): Partial<AppSettings> {
  return {
    ...switches,
    ...(limit === undefined ? {} : { requestsPerMinute: limit }),
    ...(ips === undefined ? {} : { allowedIps: ips }),
  };
}

const SWITCHES = [
  'strict',
  'selfCertification',
  'silentSigning',
  'plainIdentity',
  'pathWithoutApi',
  'smsLimits',
  'checkBeforeReading',
] as const satisfies readonly (keyof App)[];

function describe(app: App): string {
  const on = SWITCHES.filter((name) => app[name]).join(' ');
  const limit = app.requestsPerMinute === null ? 'no limit' : `${app.requestsPerMinute}/min`;
  const ips = app.allowedIps.length === 0 ? 'any address' : app.allowedIps.join(',');
  const state = app.enabled ? 'enabled ' : 'disabled';
  return `${app.appKey}  ${state}  ${limit}  ${ips}  [${on}]  ${describeCallbacks(app)}  ${app.name}`;
}

function describeCallbacks({ callbackUrl, callbackTypes, callbackStoppedAt }: App): string {
  if (!callbackUrl) return 'no callbacks';
  const types = `${callbackTypes.length} of ${Object.keys(CALLBACK_TYPES).length} types`;
  return `callbacks to ${callbackUrl} (${callbackStoppedAt ? 'stopped by 410' : types})`;
}
