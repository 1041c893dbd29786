import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase, withoutPassword } from './database.ts';
import { databaseErrorCode, violatedUniqueConstraint } from './database-error.ts';
import { silentLog } from './log.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let test: TestDatabase;
let database: Database;

beforeEach(async () => {
  test = await createTestDatabase({ empty: true });
  database = test.database;
  await database.pool.query('create table account (id int primary key, balance int not null)');
  await database.pool.query('insert into account values (1, 100), (2, 100)');
});

afterEach(() => test.drop());

async function balances(): Promise<number[]> {
  const { rows } = await database.pool.query<{ balance: number }>('select balance from account order by id');
  return rows.map((row) => row.balance);
}

describe('transactions', () => {
  it('commits what the work did and returns its value', async () => {
    const result = await database.transaction(async (tx) => {
      await tx.execute(sql`update account set balance = 1 where id = 1`);
      return 'done';
    });

    expect(result).toBe('done');
    expect(await balances()).toEqual([1, 100]);
  });

  it('rolls everything back when the work throws', async () => {
    const work = database.transaction(async (tx) => {
      await tx.execute(sql`update account set balance = 1 where id = 1`);
      throw new Error('second thoughts');
    });

    await expect(work).rejects.toThrow('second thoughts');
    expect(await balances()).toEqual([100, 100]);
  });

  it('runs again after a deadlock, so that both sides succeed', async () => {
    const move = (from: number, to: number) =>
      database.transaction(async (tx) => {
        await tx.execute(sql`update account set balance = balance - 10 where id = ${from}`);
        await tx.execute(sql`select pg_sleep(0.1)`);
        await tx.execute(sql`update account set balance = balance + 10 where id = ${to}`);
      });

    await Promise.all([move(1, 2), move(2, 1)]);

    expect(await balances()).toEqual([100, 100]);
  });

  it('runs again after a serialization failure', async () => {
    const increment = () =>
      database.transaction(
        async (tx) => {
          await tx.execute(sql`select balance from account where id = 1`);
          await tx.execute(sql`select pg_sleep(0.02)`);
          await tx.execute(sql`update account set balance = balance + 1 where id = 1`);
        },
        { isolationLevel: 'serializable' },
      );

    await Promise.all([increment(), increment(), increment()]);

    expect(await balances()).toEqual([103, 100]);
  });

  it('names the unique constraint that a write ran into', async () => {
    const error: unknown = await database
      .transaction((tx) => tx.execute(sql`insert into account values (1, 5)`))
      .catch((thrown: unknown) => thrown);

    expect(violatedUniqueConstraint(error)).toBe('account_pkey');
    expect(databaseErrorCode(error)).toBe('23505');
  });

  it('bounds statements, waits for locks and transactions left open', async () => {
    await expect(settings()).resolves.toEqual({ statement: '30s', lock: '10s', idle: '15s' });
  });
});

describe('opening', () => {
  it('names an unreachable server without its password', async () => {
    const opening = openDatabase(
      { databaseUrl: 'postgres://me:secret@127.0.0.1:1/x', dataFolder: '/unused' },
      silentLog,
    );

    await expect(opening).rejects.toThrow(/postgres:\/\/me:\*\*\*@127\.0\.0\.1:1\/x, ECONNREFUSED.*Mend:/);
    await expect(opening).rejects.not.toThrow(/secret/);
  });

  it('opens the server that DATABASE_URL names', async () => {
    const opened = await openDatabase({ databaseUrl: test.url, dataFolder: '/unused' }, silentLog);

    await opened.ping();

    expect(opened.isEmbedded).toBe(false);
    await opened.close();
  });

  it('shows a database address without the password', () => {
    expect(withoutPassword('postgres://me:secret@db.example:5432/signet?sslmode=require')).toBe(
      'postgres://me:***@db.example:5432/signet',
    );
  });
});

async function settings(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
            current_setting('idle_in_transaction_session_timeout') as idle`,
  );
  return rows[0];
}
