import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, TEST_MASTER_KEY, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import { type Apps, createApps } from './service.ts';

const clock = new ManualClock(new Date('2026-11-24T08:00:00+08:00'));
let database: TestDatabase;
let apps: Apps;
let credentials: Credentials;

beforeAll(async () => {
  database = await createTestDatabase();
  const means = { database: database.database, secretBox: createSecretBox(TEST_MASTER_KEY), clock };
  apps = createApps(means);
  credentials = createCredentials(means);
});
afterAll(() => database.drop());

/** After what another process did must have been noticed. */
const seen = async (appKey: string) => {
  clock.advance({ ms: 1_001 });
  return credentials.find(appKey);
};

describe('a new app', () => {
  it('has every switch in its safe position', async () => {
    const { app } = await apps.create({ name: '收银台' });

    expect(app).toMatchObject({ name: '收银台', enabled: true, strict: false, selfCertification: false });
    expect(app).toMatchObject({ silentSigning: false, plainIdentity: false, smsLimits: true, requestsPerMinute: null });
  });

  it('is found by its key with its secret, which is not readable in the database', async () => {
    const { app, secret } = await apps.create({ name: 'secret' });

    expect(await credentials.find(app.appKey)).toEqual({ app, secrets: [secret] });
    const { rows } = await database.database.db.execute<{ row: string }>('select apps::text as row from apps');
    expect(rows.some(({ row }) => row.includes(Buffer.from(secret).toString('hex')) || row.includes(secret))).toBe(
      false,
    );
  });

  it('has a secret that nobody guesses and a key of its own', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, i) => apps.create({ name: `app ${i}` })));

    expect(new Set(made.map(({ app }) => app.appKey)).size).toBe(20);
    expect(made.every(({ secret }) => secret.length >= 32)).toBe(true);
  });
});

describe('a rotation', () => {
  it('leaves the old secret good for 24 hours', async () => {
    const { app, secret: old } = await apps.create({ name: 'rotated' });
    const { secret } = await apps.rotate(app.appKey);

    expect((await seen(app.appKey))?.secrets).toEqual([secret, old]);
    clock.advance({ hours: 23, minutes: 59 });
    expect((await seen(app.appKey))?.secrets).toEqual([secret, old]);
    clock.advance({ minutes: 1 });
    expect((await seen(app.appKey))?.secrets).toEqual([secret]);
  });

  it('made twice leaves the last two', async () => {
    const { app, secret: first } = await apps.create({ name: 'twice' });
    const second = (await apps.rotate(app.appKey)).secret;
    const third = (await apps.rotate(app.appKey)).secret;

    expect((await seen(app.appKey))?.secrets).toEqual([third, second]);
    expect([second, third]).not.toContain(first);
  });
});

describe('a change', () => {
  it('is noticed within a second, and touches nothing else', async () => {
    const { app } = await apps.create({ name: 'changed', strict: true, allowedIps: ['10.0.0.0/8'] });
    await credentials.find(app.appKey);

    await apps.set(app.appKey, { enabled: false });

    expect((await credentials.find(app.appKey))?.app.enabled).toBe(true);
    expect((await seen(app.appKey))?.app).toEqual({ ...app, enabled: false });
  });

  it('of an app that does not exist is refused', async () => {
    await expect(apps.set('nobody', { enabled: false })).rejects.toMatchObject({ code: '400' });
    await expect(apps.rotate('nobody')).rejects.toMatchObject({ code: '400' });
  });
});

describe('an unknown key', () => {
  it('is not remembered, so that an app made later is found at once', async () => {
    expect(await credentials.find('later')).toBeUndefined();

    await apps.ensure('later', 'its-secret', { name: 'later' });

    expect((await credentials.find('later'))?.secrets).toEqual(['its-secret']);
  });
});

describe('the app of the environment', () => {
  it('is made at the first start and brought to its settings at each one', async () => {
    await apps.ensure('env', 'first-secret', { name: 'env', silentSigning: true });
    await apps.ensure('env', 'second-secret', { name: 'env', silentSigning: true, allowedIps: ['127.0.0.1'] });

    expect(await seen('env')).toMatchObject({
      app: { appKey: 'env', silentSigning: true, allowedIps: ['127.0.0.1'] },
      secrets: ['second-secret'],
    });
    expect((await apps.list()).filter(({ appKey }) => appKey === 'env')).toHaveLength(1);
  });

  it('is made once when two servers start at the same moment', async () => {
    await Promise.allSettled([1, 2].map(() => apps.ensure('twin', 'twin-secret', { name: 'twin' })));

    expect((await apps.list()).filter(({ appKey }) => appKey === 'twin')).toHaveLength(1);
  });
});
