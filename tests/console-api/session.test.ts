/** The session behind the cookie: how long it lives, how its token changes, and who may use it. */
import { type AddressInfo, createServer } from 'node:net';
import type { ConsoleSession, TotpEnrollment } from '@signet/protocol/console-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call } from '../gateway/wire-client.ts';
import { ConsoleBrowser, type ConsoleScene, OWNER, startConsole, totpAt } from './console-client.ts';

let scene: ConsoleScene;
let browser: ConsoleBrowser;
beforeAll(async () => {
  scene = await startConsole();
});
afterAll(() => scene.platform.close());
beforeEach(async () => {
  browser = scene.browser();
  await browser.logIn(OWNER.name, OWNER.password);
});

const isLoggedIn = async (who: ConsoleBrowser) => (await who.get<ConsoleSession>('/session')).body.account !== null;

/** Another browser with a copied cookie. */
function withToken(token: string | undefined): ConsoleBrowser {
  const other = scene.browser();
  other.token = token;
  return other;
}

describe('the cookie', () => {
  it('is for this server only, and no script reads it', async () => {
    const { headers } = await scene.browser().logIn(OWNER.name, OWNER.password);

    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^signet_console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('is sent over TLS only where the platform is reached by TLS', async () => {
    const port = `${await freePort()}`;
    const platform = await startTestPlatform({
      environment: { SIGNET_PUBLIC_URL: 'https://sign.example.com', PORT: port },
    });
    const setupCode = ((await platform.modules.operators.setupLink()) ?? '').split('#code=')[1];
    const own = new ConsoleBrowser(`http://127.0.0.1:${port}`);
    const headers = { 'X-Signet-Console': '1', 'Content-Type': 'application/json', Origin: 'https://sign.example.com' };
    const answer = await own.send('POST', '/setup', headers, JSON.stringify({ setupCode, ...OWNER }));
    await platform.close();

    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^signet_console=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ]);
  });

  it('is stored as a hash', async () => {
    const { rows } = await scene.platform.database.db.execute<{ row: string }>(
      'select row_to_json(s)::text as row from operator_sessions s',
    );

    const text = rows.map(({ row }) => row).join();
    expect(text).not.toContain(browser.token);
    expect(text).not.toContain(Buffer.from(browser.token ?? '').toString('hex'));
  });
});

describe('a session', () => {
  it('gets a new token every ten minutes, and the old one is good for half a minute', async () => {
    const first = browser.token;
    scene.clock.advance({ minutes: 9, seconds: 59 });
    await browser.get('/session');
    expect(browser.token).toBe(first);

    scene.clock.advance({ seconds: 1 });
    await browser.get('/session');
    expect(browser.token).not.toBe(first);
    scene.clock.advance({ seconds: 29 });
    expect(await isLoggedIn(withToken(first))).toBe(true);
  });

  it('ends for both when the old token comes after that', async () => {
    const first = browser.token;
    scene.clock.advance({ minutes: 10 });
    await browser.get('/session');
    scene.clock.advance({ seconds: 30 });

    expect(await isLoggedIn(withToken(first))).toBe(false);
    expect(await isLoggedIn(browser)).toBe(false);
    const { list } = await scene.platform.modules.operators.audit.list({
      action: 'session-ended',
      page: 1,
      pageSize: 1,
    });
    expect(list[0]).toMatchObject({ accountName: OWNER.name, detail: { reason: 'old-token' } });
  });

  it('gets one new token when many requests are due at once', async () => {
    const first = browser.token;
    scene.clock.advance({ minutes: 10 });
    const others = Array.from({ length: 6 }, () => withToken(first));

    const answers = await Promise.all(others.map((other) => other.get<ConsoleSession>('/session')));

    expect(answers.filter(({ body }) => body.account !== null)).toHaveLength(6);
    const tokens = others.map(({ token }) => token).filter((token) => token !== first);
    expect(tokens).toHaveLength(1);
    expect(await isLoggedIn(withToken(tokens[0]))).toBe(true);
  });

  it('ends after half an hour without a call', async () => {
    scene.clock.advance({ minutes: 29 });
    expect(await isLoggedIn(browser)).toBe(true);
    scene.clock.advance({ minutes: 30 });

    expect(await isLoggedIn(browser)).toBe(false);
    expect((await browser.get('/apps')).body.error).toBe('NOT_LOGGED_IN');
  });

  it('ends after twelve hours whatever happens', async () => {
    for (let minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
      scene.clock.advance({ minutes: 20 });
      expect(await isLoggedIn(browser)).toBe(true);
    }
    scene.clock.advance({ minutes: 20 });

    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('ends at logout, and the cookie goes', async () => {
    const { token } = browser;
    const { headers } = await browser.post('/logout');

    expect(headers.getSetCookie()[0]).toMatch(/^signet_console=; .*Expires=Thu, 01 Jan 1970/);
    expect(await isLoggedIn(withToken(token))).toBe(false);
  });

  it('is gone from the database once it has ended', async () => {
    scene.clock.advance({ hours: 13 });
    await scene.platform.modules.operators.sessions.ending.erase(scene.clock.now(), 100);

    const { rows } = await scene.platform.database.db.execute('select 1 from operator_sessions');
    expect(rows).toEqual([]);
  });

  it('ends with every other one when the password changes, and goes on under a new token here', async () => {
    const member = await scene.member('operator');
    const elsewhere = scene.browser();
    await elsewhere.logIn(member.name, member.password);
    const { token } = member.browser;

    await member.browser.done('/account/password', {
      oldPassword: member.password,
      newPassword: 'yet another sentence',
    });

    expect([await isLoggedIn(elsewhere), await isLoggedIn(withToken(token))]).toEqual([false, false]);
    expect(await isLoggedIn(member.browser)).toBe(true);
  });

  it('does the same when the second factor is switched on', async () => {
    const member = await scene.member('operator');
    const elsewhere = scene.browser();
    await elsewhere.logIn(member.name, member.password);
    const { token } = member.browser;
    const { secret } = await member.browser.done<TotpEnrollment>('/account/totp/begin', { password: member.password });
    await member.browser.done('/account/totp/enable', { totp: totpAt(secret, scene.clock.now()) });

    expect([await isLoggedIn(elsewhere), await isLoggedIn(withToken(token))]).toEqual([false, false]);
    expect(await isLoggedIn(member.browser)).toBe(true);
  });

  it('ends when the account is reset', async () => {
    const member = await scene.member('operator');
    await browser.done(`/operators/${member.accountId}/reset`);

    expect(await isLoggedIn(member.browser)).toBe(false);
  });

  it('ends when the account is disabled, and does not come back with it', async () => {
    const member = await scene.member('operator');
    await browser.done(`/operators/${member.accountId}`, { disabled: true });
    expect(await isLoggedIn(member.browser)).toBe(false);

    await browser.done(`/operators/${member.accountId}`, { disabled: false });
    expect(await isLoggedIn(member.browser)).toBe(false);
  });

  it('has the rights of the present role', async () => {
    const member = await scene.member('operator');
    await browser.done(`/operators/${member.accountId}`, { role: 'auditor' });

    expect((await member.browser.post('/apps', { name: 'mine' })).body.error).toBe('FORBIDDEN');
    expect((await member.browser.get('/audit')).status).toBe(200);
  });
});

describe('a write', () => {
  const body = JSON.stringify({ name: 'forged' });
  const json = { 'Content-Type': 'application/json' };
  const page = { 'X-Signet-Console': '1' };

  it.each([
    ['without the header that foreign pages cannot send', json],
    ['with another value in that header', { ...json, 'X-Signet-Console': 'true' }],
    ['from a foreign page', { ...json, ...page, Origin: 'https://evil.example.com' }],
    ['from another port', { ...json, ...page, Origin: 'http://127.0.0.1:1' }],
    ['from a page that hides where it comes from', { ...json, ...page, Origin: 'null' }],
  ])('%s is refused', async (_, headers: Record<string, string>) => {
    const answer = await browser.send('POST', '/apps', headers, body);

    expect([answer.status, answer.body.error]).toEqual([403, 'FORBIDDEN']);
    expect((await scene.platform.modules.apps.list()).map(({ name }) => name)).not.toContain('forged');
  });

  it('as a form or as plain text is refused', async () => {
    const send = (type: string) => browser.send('POST', '/apps', { ...page, 'Content-Type': type }, body);

    expect((await send('text/plain')).body.error).toBe('BAD_REQUEST');
    expect((await send('application/x-www-form-urlencoded')).body.error).toBe('BAD_REQUEST');
  });

  it('from a script without a browser needs no Origin', async () => {
    expect((await browser.send('POST', '/logout', { ...page, ...json }, '{}')).status).toBe(200);
  });

  it('of a login from a foreign page is refused too', async () => {
    const logIn = JSON.stringify(OWNER);
    const answer = await browser.send(
      'POST',
      '/login',
      { ...json, ...page, Origin: 'https://evil.example.com' },
      logIn,
    );

    expect(answer.status).toBe(403);
  });
});

describe('answers of the console', () => {
  it('are kept by nobody', async () => {
    const { headers } = await browser.get('/apps');

    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the doors of the other surfaces', () => {
  const visit = (path: string, init: RequestInit = {}) =>
    fetch(`${scene.platform.url}${path}`, {
      ...init,
      headers: { Cookie: `signet_console=${browser.token}`, Authorization: `Bearer ${browser.token}`, ...init.headers },
    });

  it('do not open to a session of the console', async () => {
    const ticket = { method: 'POST', body: JSON.stringify({ ticket: browser.token }) };

    expect((await visit('/api/open/contract/list')).status).toBe(400);
    expect((await visit('/page-api/sign')).status).toBe(401);
    expect(
      (await visit('/page-api/sessions', { ...ticket, headers: { 'Content-Type': 'application/json' } })).status,
    ).toBe(404);
  });

  it('have no keys to the console', async () => {
    const app = { ...scene.platform.app, url: scene.platform.url };
    const headers = { 'X-Ca-Timestamp': `${scene.clock.now().getTime()}` };

    expect((await call(app, { target: '/api/open/contract/list', headers })).status).toBe(200);
    expect((await call(app, { target: '/console-api/apps', headers })).status).toBe(401);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
