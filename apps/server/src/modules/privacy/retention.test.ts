/** Each rule keeps what it must and erases what is due. Rows are written at a known time, then the clock is moved. */
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { openSigning, type SigningFixture } from '../signing/testing/signing-fixture.ts';
import { periodOf, RETENTION_KINDS, type RetentionKind } from './rules.ts';

const START = new Date('2026-11-24T10:00:00+08:00');

let clock: ManualClock;
let play: SigningFixture;

beforeAll(async () => {
  clock = new ManualClock(START);
  play = await openSigning(clock);
});
beforeEach(() => clock.set(START));
afterAll(() => play.close());

/** One row of each kind whose time began at `at`; `id` makes it another row. */
const ROWS: Readonly<Partial<Record<RetentionKind, (id: string, at: Date) => SQL[]>>> = {
  nonces: (id, at) => [sql`insert into used_nonces values ('a', ${id}, ${at})`],
  idempotentAnswers: (id, at) => [
    sql`insert into idempotent_answers values ('a', ${id}, '\\x00', '\\x00', ${at}, ${at})`,
  ],
  downloadLinks: (id, at) => [
    sql`insert into download_tickets values (${hash(id)}, 'a', array['k'], 'n', 'm', 1, ${at})`,
  ],
  pageSessions: (id, at) => [
    sql`insert into page_tickets (ticket_hash, app_id, purpose, subject, client_type, created_at, expires_at)
      values (${hash(`of-${id}`)}, 'a', 'sign', '{}', 'h5', ${at}, '2100-01-01')`,
    sql`insert into page_sessions values (${hash(id)}, ${hash(`of-${id}`)}, ${at}, ${at})`,
  ],
  pageLinks: (id, at) => [
    sql`insert into page_tickets (ticket_hash, app_id, purpose, subject, client_type, created_at, expires_at)
      values (${hash(id)}, 'a', 'sign', '{}', 'h5', ${at}, ${at})`,
  ],
  smsTexts: (id, at) => [message(id, at)],
  smsRecords: (id, at) => [message(id, at)],
  smsCodes: (id, at) => [
    sql`insert into sms_codes values (${id}, 'a', 'app', 'app', '\\x00', '\\x00', 5, ${at}, null, ${at})`,
  ],
  callbacks: (id, at) => [callback(id, at, 'delivered')],
  deadCallbacks: (id, at) => [callback(id, at, 'dead')],
  audit: (id, at) => [sql`insert into console_audit values (${id}, ${at}, null, null, 'x', null, '{}', 'ip')`],
  unusedVerifications: (id, at) => [flow(id, new Date(at.getTime() - 24 * 3_600_000), null), check(id)],
  usedVerifications: (id, at) => [flow(id, at, at), check(id)],
  verificationPages: (id, at) => [page(id, at), progress(id)],
  prefilled: (id, at) => [page(id, at), progress(id)],
};

describe('a rule of retention', () => {
  it.each(Object.keys(ROWS) as RetentionKind[])('erases %s when their time is over, and not before', async (kind) => {
    const period = periodOf(kind, PERIODS());
    const rows = (id: string, at: Date) =>
      play.database.transaction((tx) => executeAll(tx, ROWS[kind]?.(id, at) ?? []));
    await rows(`${kind}-old`, START);
    clock.set(new Date(START.getTime() + period + 1));
    await rows(`${kind}-young`, new Date(clock.now().getTime() - period + 60_000));

    const due = await dueOf(kind);
    await play.modules.privacy.retention.run();

    expect(due).toBe(kind === 'prefilled' ? CELLS_OF_A_PAGE : 1);
    expect(await left(kind)).toEqual([`${kind}-young`]);
    expect(await dueOf(kind)).toBe(0);
  });

  afterEach(async () => {
    for (const table of [...TABLES, 'retention_runs']) await play.rowsOf(sql.raw(`delete from ${table}`));
  });

  /** What was filled in, and the way to the face. */
  const CELLS_OF_A_PAGE = 2;

  const TABLES = [
    ...['used_nonces', 'idempotent_answers', 'download_tickets', 'page_sessions', 'page_tickets', 'sms_messages'],
    ...['sms_codes', 'callback_events', 'console_audit', 'identity_checks', 'verifications'],
    ...['verification_page_progress', 'verification_pages'],
  ];

  const NAMES: Readonly<Partial<Record<RetentionKind, string>>> = {
    nonces: 'select nonce as id from used_nonces',
    idempotentAnswers: 'select key as id from idempotent_answers',
    downloadLinks: `select convert_from(ticket_hash, 'UTF8') as id from download_tickets`,
    pageSessions: `select convert_from(session_hash, 'UTF8') as id from page_sessions`,
    pageLinks: `select convert_from(ticket_hash, 'UTF8') as id from page_tickets`,
    smsTexts: 'select id from sms_messages where sealed is not null',
    smsRecords: 'select id from sms_messages',
    smsCodes: 'select id from sms_codes',
    callbacks: 'select id from callback_events',
    deadCallbacks: 'select id from callback_events',
    audit: 'select id from console_audit',
    unusedVerifications: 'select v.id from verifications v join identity_checks c on c.verification_id = v.id',
    usedVerifications: 'select v.id from verifications v join identity_checks c on c.verification_id = v.id',
    verificationPages: 'select id from verification_pages join verification_page_progress on page_id = id',
    prefilled: `select id from verification_pages join verification_page_progress on page_id = id
      where prefilled is not null and face_links is not null`,
  };

  const left = async (kind: RetentionKind) =>
    (await play.rowsOf(sql.raw(NAMES[kind] ?? ''))).map(({ id }) => String(id)).toSorted();
});

describe('what a rule must keep', () => {
  it('is a callback that still waits, a flow under review, and the flow of an agent whose company is kept', async () => {
    await play.database.transaction((tx) =>
      executeAll(tx, [
        callback('waits', START, 'pending'),
        sql`${flow('reviewed', START, null)}`,
        sql`update verifications set held_until = ${new Date(START.getTime() + 300 * 86_400_000)} where id = 'reviewed'`,
        flow('agent', START, null),
        flow('company', new Date(START.getTime() + 100 * 86_400_000), null),
        sql`update verifications set kind = 'organization', agent_verification_id = 'agent' where id = 'company'`,
      ]),
    );

    clock.advance({ days: 110 });
    await play.modules.privacy.retention.run();
    expect(await flows()).toEqual(['agent', 'company', 'reviewed']);
    expect(await play.rowsOf(sql`select 1 from callback_events where id = 'waits'`)).toHaveLength(1);

    clock.advance({ days: 200 });
    await play.modules.privacy.retention.run();
    clock.advance({ days: 1 });
    await play.modules.privacy.retention.run();
    expect(await flows()).toEqual(['reviewed']);
  });

  const flows = async () => (await play.rowsOf(sql`select id from verifications order by id`)).map(({ id }) => id);
});

describe('the table of rules', () => {
  it('has a source for each kind, which tells what is due', async () => {
    const inForce = await play.modules.privacy.retention.rulesInForce();

    expect(inForce.map(({ kind }) => kind)).toEqual(RETENTION_KINDS);
    expect(inForce.every(({ due }) => Number.isInteger(due))).toBe(true);
    expect(inForce.find(({ kind }) => kind === 'uploads')).toMatchObject({
      periodMs: 30 * 86_400_000,
      setting: 'SIGNET_RETENTION_UPLOAD_DAYS',
    });
  });
});

const PERIODS = () => ({
  uploads: days(30),
  unusedVerifications: days(30),
  usedVerifications: days(3_650),
  callbacks: days(90),
  deadCallbacks: days(180),
  smsRecords: days(180),
  audit: days(1_095),
});
const days = (count: number) => ({ days: count, setting: '' });

async function dueOf(kind: RetentionKind): Promise<number | undefined> {
  return (await play.modules.privacy.retention.rulesInForce()).find((rule) => rule.kind === kind)?.due;
}

async function executeAll(tx: { execute: (statement: SQL) => Promise<unknown> }, statements: readonly SQL[]) {
  for (const statement of statements) await tx.execute(statement);
}

function hash(id: string): SQL {
  return sql`convert_to(${id}, 'UTF8')`;
}

function message(id: string, at: Date): SQL {
  return sql`insert into sms_messages (id, app_id, phone_hash, sealed, status, created_at)
    values (${id}, 'a', '\\x00', '\\x00', 'sent', ${at})`;
}

function callback(id: string, at: Date, status: string): SQL {
  return sql`insert into callback_events (id, app_id, subject, type, data, occurred_at, status)
    values (${id}, 'a', ${`contract:${id}`}, 'contract-status-changed', '{}', ${at}, ${status})`;
}

function flow(id: string, at: Date, usedAt: Date | null): SQL {
  return sql`insert into verifications (id, app_id, kind, facts, created_at, last_progress_at, used_at)
    values (${id}, 'a', 'person', '\\x00', ${at}, ${at}, ${usedAt})`;
}

function check(id: string): SQL {
  return sql`insert into identity_checks (id, verification_id, kind, outcome, source, reason, request_id, created_at)
    values (${id}, ${id}, 'carrier', 'passed', 's', '', 'r', now())`;
}

function page(id: string, at: Date): SQL {
  return sql`insert into verification_pages (id, app_id, kind, verification_id, setup, prefilled, created_at, expires_at)
    values (${id}, 'a', 'person', ${`of-${id}`}, '{}', '\\x00', ${at}, ${at})`;
}

function progress(id: string): SQL {
  return sql`insert into verification_page_progress (page_id, app_id, person_tries, is_editing, company_tries, face_links)
    values (${id}, 'a', 0, false, 0, '\\x00')`;
}
