import { Command, InvalidArgumentError, Option } from 'commander';
import { parseWireTime, toShanghai } from '../../kernel/time.ts';
import type { Apps } from '../../modules/apps/index.ts';
import type { Attempt, Callback, Callbacks, DeliveryStatus, ResendSelection } from '../../modules/callbacks/index.ts';
import { requireApp } from './named-app.ts';
import { CommandError, print } from './output.ts';
import { withModules } from './session.ts';

const STATUSES = ['pending', 'delivered', 'dead', 'unsent'] as const satisfies readonly DeliveryStatus[];
const SETTLED = ['delivered', 'dead', 'unsent'] as const satisfies readonly DeliveryStatus[];

interface ListOptions {
  readonly app?: string;
  readonly status?: DeliveryStatus;
  readonly type?: string;
  readonly contract?: string;
  readonly begin?: Date;
  readonly end?: Date;
  readonly page: number;
}

interface ResendOptions {
  readonly app?: string;
  readonly status: (typeof SETTLED)[number];
  readonly begin?: Date;
  readonly end?: Date;
}

/** `signet callback list|show|resend|probe|secret`. */
export function callbackCommands(): Command {
  const callback = new Command('callback').description('what apps are told, and whether it arrived (回调)');
  withPeriod(callback.command('list').description('newest first, 20 at a time'))
    .option('--app <appKey>')
    .addOption(new Option('--status <status>').choices(STATUSES))
    .option('--type <businessType>')
    .option('--contract <contractId>')
    .option('--page <number>', 'from 1', Number, 1)
    .action(list);
  callback.command('show').argument('<transactionId>').description('its body and every try').action(show);
  withPeriod(callback.command('resend').argument('[transactionIds...]'))
    .description('send again, by number or all of an app and a time; the running server does the work')
    .option('--app <appKey>')
    .addOption(new Option('--status <status>').choices(SETTLED).default('dead'))
    .action(resend);
  callback.command('probe').argument('<appKey>').description('a GET to the address, as a test').action(probe);
  callback.command('secret').argument('<appKey>').description('the secrets that sign now, newest first').action(secret);
  return callback;
}

function withPeriod(command: Command): Command {
  return command
    .option('--begin <time>', 'yyyy-MM-dd HH:mm:ss of Asia/Shanghai', parseTime)
    .option('--end <time>', 'yyyy-MM-dd HH:mm:ss, or yyyy-MM-dd for the end of that day', parseTime);
}

async function list({ app: appKey, contract: contractId, type: businessType, page, ...rest }: ListOptions) {
  await withModules(async ({ apps, callbacks }) => {
    const appId = appKey === undefined ? undefined : (await requireApp(apps, appKey)).id;
    const search = { ...rest, appId, contractId, businessType, page: { number: page, size: 20 } };
    const { list: found, total } = await callbacks.list(search);
    for (const each of found) print(describe(each, callbacks));
    print(`${total} in all.`);
  });
}

async function show(transactionId: string): Promise<void> {
  await withModules(async ({ callbacks }) => {
    const detail = await callbacks.detail(transactionId);
    if (!detail) throw new CommandError(`There is no callback ${transactionId}. See: npx signet callback list`);
    print(describe(detail.callback, callbacks));
    print(JSON.stringify(detail.body, null, 2));
    for (const attempt of detail.attempts) print(describeAttempt(attempt));
  });
}

async function resend(transactionIds: readonly string[], options: ResendOptions): Promise<void> {
  await withModules(async ({ apps, callbacks }) => {
    const count = await callbacks.resend(await selectionOf(apps, transactionIds, options));
    print(`${count} will be sent again.`);
  });
}

async function selectionOf(apps: Apps, transactionIds: readonly string[], options: ResendOptions) {
  const { app: appKey, status, begin, end } = options;
  if (transactionIds.length > 0) return { transactionIds } satisfies ResendSelection;
  if (appKey === undefined || !begin || !end) {
    throw new CommandError('Name transactionIds, or give --app, --begin and --end.');
  }
  return { appId: (await requireApp(apps, appKey)).id, status, begin, end } satisfies ResendSelection;
}

async function probe(appKey: string): Promise<void> {
  await withModules(async ({ apps, callbacks }) => {
    const { ok, status, failure, milliseconds } = await callbacks.probe((await requireApp(apps, appKey)).id);
    print(`${ok ? 'ok' : 'not ok'}  ${status === null ? failure : `HTTP ${status}`}  ${milliseconds} ms`);
  });
}

async function secret(appKey: string): Promise<void> {
  await withModules(async ({ apps }, { database }) => {
    const receiver = await apps.callbackReceiver(database.db, (await requireApp(apps, appKey)).id);
    for (const each of receiver?.secrets ?? []) print(each);
  });
}

function describe(callback: Callback, { businessTypeOf }: Pick<Callbacks, 'businessTypeOf'>): string {
  const { transactionId, event, subject, occurredAt, status, tries, nextTryAt, confirmedAt } = callback;
  const next = nextTryAt ? `  next ${toShanghai(nextTryAt)}` : '';
  const state = `${status}, ${tries} tries${confirmedAt ? ', confirmed' : ''}`;
  return `${transactionId}  ${toShanghai(occurredAt)}  ${businessTypeOf(event.type)}  ${subject}  ${state}${next}`;
}

function describeAttempt({ at, url, status, failure, milliseconds, answer }: Attempt): string {
  const outcome = status === null ? failure : `HTTP ${status}`;
  const text = answer ? JSON.stringify(Buffer.from(answer).toString('utf8')) : '';
  return `${toShanghai(at)}  ${url}  ${outcome}  ${milliseconds} ms  ${text}`;
}

function parseTime(value: string): Date {
  const at = parseWireTime(value);
  if (!at) throw new InvalidArgumentError('Give a time such as "2026-11-24 18:00:00".');
  return at;
}
