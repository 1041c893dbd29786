import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { type Apps, createApps, type NewApp } from './index.ts';

const URL = 'https://app.example/callbacks';

let test: TestDatabase;
let clock: ManualClock;
let apps: Apps;
let created: NewApp;

beforeEach(async () => {
  test = await createTestDatabase();
  clock = new ManualClock(new Date('2026-11-24T10:00:00.000Z'));
  apps = createApps({ database: test.database, clock, secretBox: createSecretBox(TEST_MASTER_KEY) });
  created = await apps.create({ name: 'test', callbackUrl: URL });
});
afterEach(() => test.drop());

const receiver = async (appId = created.app.id) => apps.callbackReceiver(test.database.db, appId);
const gone = (url: string) => test.database.transaction((tx) => apps.stopCallbacks(tx, created.app.id, url));

describe('the secret of callbacks', () => {
  it('is made with the app, and is not its app secret', async () => {
    expect((await receiver())?.secrets).toEqual([created.callbackSecret]);
    expect(created.callbackSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });

  it('is valid beside a new one for 24 hours', async () => {
    const fresh = await apps.rotateCallbackSecret(created.app.id);

    clock.advance({ hours: 24, ms: -1 });
    expect((await receiver())?.secrets).toEqual([fresh, created.callbackSecret]);
    clock.advance({ ms: 1 });
    expect((await receiver())?.secrets).toEqual([fresh]);
  });

  it('may be chosen by the operator; choosing it again at each start rotates nothing', async () => {
    const chosen = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;

    await apps.adoptCallbackSecret(created.app.id, chosen);
    await apps.adoptCallbackSecret(created.app.id, chosen);

    expect((await receiver())?.secrets).toEqual([chosen, created.callbackSecret]);
  });

  it('is made with its first address for an app from before there were callbacks', async () => {
    const { app } = await apps.create({ name: 'old' });
    const other = await apps.ensure('older', 'a-secret-of-it', { name: 'older' });
    await test.database.pool.query('update apps set callback_secret = null');

    await apps.set(app.appKey, { name: 'still old' });
    expect((await receiver(app.id))?.secrets).toEqual([]);
    await apps.set(app.appKey, { callbackUrl: URL });
    await apps.ensure('older', 'a-secret-of-it', { name: 'older', callbackUrl: URL });

    expect((await receiver(app.id))?.secrets).toHaveLength(1);
    expect((await receiver(other.id))?.secrets).toHaveLength(1);
  });
});

describe('an address that said 410', () => {
  it('is stopped until it is saved again', async () => {
    await gone(URL);
    expect((await receiver())?.stoppedAt).toEqual(clock.now());

    await apps.set(created.app.appKey, { callbackUrl: URL });
    expect((await receiver())?.stoppedAt).toBeNull();
  });

  it('stops nothing when it is no longer the address', async () => {
    await gone('https://app.example/old');

    expect((await receiver())?.stoppedAt).toBeNull();
  });

  it('stays stopped over a start with the same setting, and is left by a start with another one', async () => {
    await gone(URL);
    const start = (callbackUrl: string) =>
      apps.ensure(created.app.appKey, created.secret, { name: 'test', callbackUrl });

    await start(URL);
    expect((await receiver())?.stoppedAt).toEqual(clock.now());
    await start('https://app.example/new');
    expect(await receiver()).toMatchObject({ stoppedAt: null, url: 'https://app.example/new' });
  });
});
