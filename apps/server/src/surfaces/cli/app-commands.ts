import { Command, InvalidArgumentError } from 'commander';
import ipaddr from 'ipaddr.js';
import type { App, AppSettings } from '../../modules/apps/index.ts';
import { CommandError, print } from './output.ts';
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
  readonly limit?: number | null;
  readonly ips?: string[];
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
  ];
  for (const [name, meaning] of switches) command.option(`--${name}`, meaning).option(`--no-${name}`);
  return command
    .option('--limit <number>', 'requests per minute, or "none"', parseLimit)
    .option('--ips <list>', 'addresses and networks that may call, comma-separated, or "any"', parseNetworks);
}

async function create(name: string, options: SwitchOptions): Promise<void> {
  await withModules(async ({ apps }) => {
    const { app, secret } = await apps.create({ ...toSettings(options), name });
    print(`AppKey     ${app.appKey}`);
    print(`AppSecret  ${secret}`);
    print('The secret is not shown again.');
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

async function rotate(appKey: string): Promise<void> {
  await withModules(async ({ apps }) => {
    await requireApp(apps, appKey);
    const { secret } = await apps.rotate(appKey);
    print(`AppSecret  ${secret}`);
    print('The old secret works for 24 hours more. The new one is not shown again.');
  });
}

async function requireApp(apps: { list(): Promise<App[]> }, appKey: string): Promise<void> {
  const known = (await apps.list()).some((app) => app.appKey === appKey);
  if (!known) throw new CommandError(`There is no app ${appKey}. See: npx signet app list`);
}

function toSettings({ limit, ips, ...switches }: SwitchOptions): Partial<AppSettings> {
  return {
    ...switches,
    ...(limit === undefined ? {} : { requestsPerMinute: limit }),
    ...(ips === undefined ? {} : { allowedIps: ips }),
  };
}

function describe(app: App): string {
  const on = (['strict', 'selfCertification', 'silentSigning', 'plainIdentity', 'pathWithoutApi', 'smsLimits'] as const)
    .filter((name) => app[name])
    .join(' ');
  const limit = app.requestsPerMinute === null ? 'no limit' : `${app.requestsPerMinute}/min`;
  const ips = app.allowedIps.length === 0 ? 'any address' : app.allowedIps.join(',');
  return `${app.appKey}  ${app.enabled ? 'enabled ' : 'disabled'}  ${limit}  ${ips}  [${on}]  ${app.name}`;
}

function parseLimit(value: string): number | null {
  if (value === 'none') return null;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('Give a whole number from 1, or "none".');
  return number;
}

function parseNetworks(value: string): string[] {
  if (value === 'any') return [];
  const entries = value.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    if (!ipaddr.isValid(entry) && !ipaddr.isValidCIDR(entry)) {
      throw new InvalidArgumentError(`${entry} is no address or network such as 203.0.113.0/24.`);
    }
  }
  return entries;
}
