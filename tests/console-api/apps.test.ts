import type { ConsoleApp, NewConsoleApp, RotatedSecret } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from '../gateway/wire-client.ts';
import { type ConsoleScene, OWNER, startConsole } from './console-client.ts';

let scene: ConsoleScene;
beforeAll(async () => {
  scene = await startConsole();
});
afterAll(() => scene.platform.close());

const create = (settings: object = {}) => scene.owner.done<NewConsoleApp>('/apps', { name: '商城', ...settings });
const change = (appKey: string, settings: object) => scene.owner.post<ConsoleApp>(`/apps/${appKey}`, settings);

/** What the real gateway answers to a call signed with this secret. */
async function signedCall(appKey: string, appSecret: string): Promise<number> {
  const headers = { 'X-Ca-Timestamp': `${scene.clock.now().getTime()}` };
  const { status } = await call(
    { url: scene.platform.url, appKey, appSecret },
    { target: '/api/open/contract/list', headers },
  );
  return status;
}

describe('an app', () => {
  it('is made with safe switches, and its key opens the gateway', async () => {
    const { app, appSecret } = await create();

    expect(app).toEqual({
      ...{ appId: expect.stringMatching(/^\d{19}$/), appKey: expect.stringMatching(/^\d{9}$/), name: '商城' },
      ...{ enabled: true, strict: false, selfCertification: false, silentSigning: false, plainIdentity: false },
      ...{ pathWithoutApi: false, smsLimits: true, checkBeforeReading: false, requestsPerMinute: null },
      ...{ allowedIps: [], callbackUrl: null, callbackTypes: [], callbackStoppedAt: null },
      ...{ redirectSchemes: [], embeddingOrigins: [], createdAt: scene.clock.now().toISOString() },
      ...{ previousSecretUntil: null, previousCallbackSecretUntil: null },
    });
    expect(await signedCall(app.appKey, appSecret)).toBe(200);
    expect((await scene.owner.get<ConsoleApp>(`/apps/${app.appKey}`)).body).toEqual(app);
  });

  it('shows its secrets once and in no other answer', async () => {
    const made = await create();
    const rotated = await scene.owner.done<RotatedSecret>(`/apps/${made.app.appKey}/rotate`, { which: 'callback' });
    const secrets = [made.appSecret, made.callbackSecret, rotated.secret];

    const answers = [
      await scene.owner.get('/apps'),
      await scene.owner.get(`/apps/${made.app.appKey}`),
      await change(made.app.appKey, { name: '商城二' }),
      await scene.owner.post(`/apps/${made.app.appKey}/rotate`, { which: 'app' }),
      await scene.owner.get('/audit'),
    ];

    expect(made.callbackSecret).toMatch(/^whsec_/);
    expect(secrets.filter((secret) => answers.some(({ text }) => text.includes(secret)))).toEqual([]);
  });

  it('keeps what a change does not name', async () => {
    const { app } = await create({ silentSigning: true, requestsPerMinute: 60, allowedIps: ['203.0.113.0/24'] });
    const { body } = await change(app.appKey, { smsLimits: false, requestsPerMinute: null });

    expect(body).toEqual({ ...app, smsLimits: false, requestsPerMinute: null });
  });

  it('takes everything that the console can choose', async () => {
    const { app } = await create();
    const settings = {
      ...{ name: '新名字', selfCertification: true, silentSigning: true, plainIdentity: true, pathWithoutApi: true },
      ...{ smsLimits: false, checkBeforeReading: true, requestsPerMinute: 600 },
      allowedIps: ['203.0.113.7', '10.0.0.0/8', '2001:db8::/32', '::1'],
      callbackUrl: 'https://shop.example.com/signet?key=1',
      callbackTypes: ['OPEN_CONTRACT_SIGNED', 'OPEN_CONTRACT_STATUS_CHANGED'],
      redirectSchemes: ['myapp', 'com.example.shop'],
      embeddingOrigins: ['https://shop.example.com', 'http://localhost:3000', 'https://[2001:db8::1]'],
    };

    expect((await change(app.appKey, settings)).body).toEqual({ ...app, ...settings });
  });

  it('is no longer served once it is disabled', async () => {
    const { app, appSecret } = await create();
    await change(app.appKey, { enabled: false });
    scene.clock.advance({ seconds: 2 });

    expect(await signedCall(app.appKey, appSecret)).toBe(403);
  });

  it('calls again to an address that had stopped, once it is saved', async () => {
    const { app } = await create({ callbackUrl: 'https://shop.example.com/' });
    const { apps } = scene.platform.modules;
    await scene.platform.database.transaction((tx) => apps.stopCallbacks(tx, app.appId, 'https://shop.example.com/'));
    const stopped = await scene.owner.get<ConsoleApp>(`/apps/${app.appKey}`);
    expect(stopped.body.callbackStoppedAt).toBe(scene.clock.now().toISOString());

    const saved = await change(app.appKey, { callbackUrl: 'https://shop.example.com/' });
    expect(saved.body.callbackStoppedAt).toBeNull();
  });

  it('that does not exist is not found', async () => {
    expect((await scene.owner.get('/apps/100000000')).body).toMatchObject({ error: 'NOT_FOUND', msg: '应用不存在' });
    expect((await scene.owner.get('/apps/%00')).status).toBe(404);
    expect((await change('100000000', { name: 'x' })).status).toBe(404);
    expect((await scene.owner.post('/apps/100000000/rotate', { which: 'app' })).status).toBe(404);
  });

  it('is neither enabled nor disabled by a developer, who may change the rest', async () => {
    const { app } = await create();
    const { browser } = await scene.member('developer');

    expect((await browser.post(`/apps/${app.appKey}`, { enabled: false })).status).toBe(403);
    expect((await browser.post<ConsoleApp>(`/apps/${app.appKey}`, { name: 'dev' })).body.name).toBe('dev');
  });
});

describe('a wrong setting', () => {
  it.each([
    [{ callbackUrl: 'javascript:alert(1)' }, 'callbackUrl'],
    [{ callbackUrl: 'ftp://example.com/' }, 'callbackUrl'],
    [{ callbackUrl: 'https://user:pass@example.com/' }, 'callbackUrl'],
    [{ callbackUrl: 'example.com' }, 'callbackUrl'],
    [{ allowedIps: ['203.0.113.7', '300.1.1.1'] }, 'allowedIps[1]'],
    [{ allowedIps: ['10.0.0.0/33'] }, 'allowedIps[0]'],
    [{ allowedIps: ['0x7f.1'] }, 'allowedIps[0]'],
    [{ redirectSchemes: ['javascript'] }, 'redirectSchemes[0]'],
    [{ redirectSchemes: ['myapp', 'DATA'] }, 'redirectSchemes[1]'],
    [{ redirectSchemes: ['file'] }, 'redirectSchemes[0]'],
    [{ redirectSchemes: ['my app'] }, 'redirectSchemes[0]'],
    [{ embeddingOrigins: ['https://*.example.com'] }, 'embeddingOrigins[0]'],
    [{ embeddingOrigins: ['*'] }, 'embeddingOrigins[0]'],
    [{ embeddingOrigins: ['https://example.com/'] }, 'embeddingOrigins[0]'],
    [{ embeddingOrigins: ['https://example.com; script-src *'] }, 'embeddingOrigins[0]'],
    [{ embeddingOrigins: ['https://EXAMPLE.com'] }, 'embeddingOrigins[0]'],
    [{ embeddingOrigins: ['null'] }, 'embeddingOrigins[0]'],
    [{ callbackTypes: ['OPEN_ANYTHING'] }, 'callbackTypes[0]'],
    [{ requestsPerMinute: 0 }, 'requestsPerMinute'],
    [{ name: ' ' }, 'name'],
    [{ name: 'a\0b' }, 'body'],
    [{ enabled: 'no' }, 'enabled'],
  ])('%j is refused by the name of its field', async (settings, field) => {
    const { app } = await create();
    const answer = await change(app.appKey, settings);

    expect([answer.status, answer.body.error]).toEqual([400, 'BAD_REQUEST']);
    expect(answer.body.msg).toMatch(new RegExp(`^${field.replaceAll(/[[\]]/g, '\\$&')}: .*\\p{Script=Han}`, 'u'));
    expect((await scene.owner.get(`/apps/${app.appKey}`)).body).toEqual(app);
  });

  it('is named together with all others', async () => {
    const { body } = await scene.owner.post('/apps', { name: '', requestsPerMinute: -1, callbackUrl: 'x' });

    expect(body.msg?.split('; ').map((problem) => problem.split(':')[0])).toEqual([
      'name',
      'requestsPerMinute',
      'callbackUrl',
    ]);
  });
});

describe('a rotated secret', () => {
  it('works at the gateway at once, and the old one for a day more', async () => {
    const { app, appSecret } = await create();
    expect(await signedCall(app.appKey, appSecret)).toBe(200);
    const rotated = await scene.owner.done<RotatedSecret>(`/apps/${app.appKey}/rotate`, { which: 'app' });
    const until = new Date(scene.clock.now().getTime() + 86_400_000);
    expect(rotated.app.previousSecretUntil).toBe(until.toISOString());

    scene.clock.advance({ hours: 23 });
    expect([await signedCall(app.appKey, rotated.secret), await signedCall(app.appKey, appSecret)]).toEqual([200, 200]);
    scene.clock.advance({ hours: 1, seconds: 2 });
    expect([await signedCall(app.appKey, rotated.secret), await signedCall(app.appKey, appSecret)]).toEqual([200, 401]);
  });

  it('of callbacks leaves two that sign for a day', async () => {
    await scene.owner.logIn(OWNER.name, OWNER.password);
    const { app, callbackSecret } = await create();
    const rotated = await scene.owner.done<RotatedSecret>(`/apps/${app.appKey}/rotate`, { which: 'callback' });
    const { apps } = scene.platform.modules;
    const secrets = async () => (await apps.callbackReceiver(scene.platform.database.db, app.appId))?.secrets;

    expect(await secrets()).toEqual([rotated.secret, callbackSecret]);
    scene.clock.advance({ hours: 25 });
    expect(await secrets()).toEqual([rotated.secret]);
  });
});
