import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataKeys, type SealedColumn } from './data-keys.ts';
import { createSecretBox, keyIdOf, SecretBoxError } from './secret-box.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const MASTER = randomBytes(32);
const COLUMN: SealedColumn = {
  table: 'letters',
  column: 'sealed',
  key: ['owner', 'number'],
  contextOf: (cell) => `letters:${cell('owner')}:${cell('number')}`,
};

let test: TestDatabase;

beforeEach(async () => {
  test = await createTestDatabase();
  await test.database.pool.query('truncate kernel.data_keys');
  await test.database.pool.query(
    'create table letters (owner text, number int, sealed bytea, primary key (owner, number))',
  );
});
afterEach(() => test.drop());

/** One server of the installation. */
function server() {
  const secretBox = createSecretBox(MASTER);
  const dataKeys = createDataKeys({ database: test.connect(), secretBox, seenByAllMs: 50 });
  return { secretBox, dataKeys };
}

async function write(secretBox: ReturnType<typeof createSecretBox>, number: number, text: string): Promise<void> {
  const sealed = Buffer.from(secretBox.seal(text, `letters:a:${number}`));
  await test.database.pool.query('insert into letters values ($1, $2, $3)', ['a', number, sealed]);
}

async function boxes(): Promise<Uint8Array[]> {
  const { rows } = await test.database.db.execute<{ sealed: Uint8Array }>(
    sql`select sealed from letters where sealed is not null order by number`,
  );
  return rows.map((row) => row.sealed);
}

describe('data keys', () => {
  it('encrypts under a data key from the first start on, the same one on every server', async () => {
    const [one, two] = [server(), server()];
    await Promise.all([one, two].map(({ dataKeys }) => dataKeys.start(() => undefined)));
    const box = one.secretBox.seal('secret', 'here');
    for (const { dataKeys } of [one, two]) dataKeys.stop();

    expect(keyIdOf(box)).toBe(1);
    expect(two.secretBox.openText(box, 'here')).toBe('secret');
  });

  it('makes every box again, also those of the time before data keys, and forgets the old key', async () => {
    const one = server();
    await write(one.secretBox, 1, 'before data keys');
    await one.dataKeys.start(() => undefined);
    for (let number = 2; number < 1_202; number++) await write(one.secretBox, number, `letter ${number}`);
    await test.database.pool.query('insert into letters values ($1, $2, null)', ['a', 9_999]);
    const old = one.secretBox.seal('old', 'here');

    const count = await one.dataKeys.rotate([COLUMN], () => undefined);
    one.dataKeys.stop();

    const renewed = await boxes();
    expect(count).toBe(1_201);
    expect(new Set(renewed.map(keyIdOf))).toEqual(new Set([2]));
    expect(one.secretBox.openText(renewed[0]!, 'letters:a:1')).toBe('before data keys');
    expect(one.secretBox.openText(renewed[1_200]!, 'letters:a:1201')).toBe('letter 1201');
    expect(() => one.secretBox.open(old, 'here')).toThrow(SecretBoxError);
  });

  it('finishes a rotation that was interrupted', async () => {
    const one = server();
    await one.dataKeys.start(() => undefined);
    await write(one.secretBox, 1, 'a letter');
    const broken: SealedColumn = { ...COLUMN, contextOf: () => 'somewhere else' };

    await expect(one.dataKeys.rotate([broken], () => undefined)).rejects.toThrow(SecretBoxError);
    await one.dataKeys.rotate([COLUMN], () => undefined);
    one.dataKeys.stop();

    const { rows } = await test.database.db.execute(sql`select id from kernel.data_keys`);
    expect(rows).toEqual([{ id: 2 }]);
    expect(one.secretBox.openText((await boxes())[0]!, 'letters:a:1')).toBe('a letter');
  });

  it('waits for a transaction that began under the old key', async () => {
    const one = server();
    await one.dataKeys.start(() => undefined);
    const late = await test.connect().pool.connect();
    await late.query('begin');
    await late.query('insert into letters values ($1, $2, $3)', [
      'a',
      1,
      Buffer.from(one.secretBox.seal('late', 'letters:a:1')),
    ]);

    const rotating = one.dataKeys.rotate([COLUMN], () => undefined);
    setTimeout(() => void late.query('commit').then(() => late.release()), 600);
    await rotating;
    one.dataKeys.stop();

    expect(one.secretBox.openText((await boxes())[0]!, 'letters:a:1')).toBe('late');
  });
});
