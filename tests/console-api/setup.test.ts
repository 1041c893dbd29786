/** The first account of an installation. */
import type { ConsoleSession } from '@signet/protocol/console-api';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { ConsoleBrowser, OWNER } from './console-client.ts';

let platform: TestPlatform;
let browser: ConsoleBrowser;

beforeAll(async () => {
  platform = await startTestPlatform({ environment: { SIGNET_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => platform.close());
beforeEach(async () => {
  await platform.database.db.execute('truncate operators, operator_sessions, console_setup');
  browser = new ConsoleBrowser(platform.url);
});

async function linkedCode(): Promise<string> {
  const link = new URL((await platform.modules.operators.setupLink()) ?? '');
  expect(`${link.origin}${link.pathname}`).toBe(`${platform.url}/console/setup`);
  return link.hash.replace('#code=', '');
}

const owners = async () =>
  (await platform.modules.operators.administration.list()).map(({ name, role }) => [name, role]);

describe('the first setup', () => {
  it('makes an owner, who is logged in at once', async () => {
    const setupCode = await linkedCode();
    expect((await browser.get('/session')).body).toMatchObject({ setupNeeded: true, account: null });

    const { body } = await browser.post<ConsoleSession>('/setup', { setupCode, ...OWNER });

    expect(body).toMatchObject({ setupNeeded: false, account: { name: 'olivia', role: 'owner', totpEnabled: false } });
    expect((await browser.get('/session')).body).toMatchObject({ account: { name: 'olivia' } });
    expect(await platform.modules.operators.setupLink()).toBeUndefined();
  });

  it('makes exactly one owner of two that come at once', async () => {
    const setupCode = await linkedCode();
    const setUp = (name: string) =>
      new ConsoleBrowser(platform.url).post('/setup', { setupCode, name, password: OWNER.password });

    const answers = await Promise.all([setUp('olivia'), setUp('otto')]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ error: 'SETUP_DONE' });
    expect(await owners()).toHaveLength(1);
  });

  it('needs the newest code', async () => {
    const older = await linkedCode();
    await linkedCode();

    expect((await browser.post('/setup', { setupCode: older, ...OWNER })).body.error).toBe('SETUP_CODE_WRONG');
    expect((await browser.post('/setup', { setupCode: 'guess', ...OWNER })).status).toBe(403);
    expect(await owners()).toEqual([]);
  });

  it('takes no code before one has been made', async () => {
    expect((await browser.post('/setup', { setupCode: 'guess', ...OWNER })).body.error).toBe('SETUP_CODE_WRONG');
  });

  it('is over once there is an account', async () => {
    const setupCode = await linkedCode();
    await browser.done('/setup', { setupCode, ...OWNER });

    const again = { setupCode, name: 'otto', password: OWNER.password };
    expect((await browser.post('/setup', again)).body.error).toBe('SETUP_DONE');
    expect(await owners()).toEqual([['olivia', 'owner']]);
  });

  it('keeps the code when the password is too weak', async () => {
    const setupCode = await linkedCode();

    const weak = await browser.post('/setup', { setupCode, name: 'olivia', password: 'olivia-olivia!' });
    expect(weak.body).toMatchObject({ error: 'PASSWORD_TOO_WEAK', msg: '密码不能包含账号名' });
    await browser.done('/setup', { setupCode, ...OWNER });
  });

  it('is what a login is sent to while there is no account', async () => {
    expect((await browser.logIn('olivia', OWNER.password)).body.error).toBe('SETUP_NEEDED');
  });

  it('keeps the code only as a hash', async () => {
    const setupCode = await linkedCode();

    const { rows } = await platform.database.db.execute<{ row: string }>(
      'select row_to_json(s)::text as row from console_setup s',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.row).not.toContain(setupCode);
    expect(rows[0]?.row).not.toContain(Buffer.from(setupCode).toString('hex'));
  });

  it('stores the password by scrypt at its full cost', async () => {
    await browser.done('/setup', { setupCode: await linkedCode(), ...OWNER });

    const { rows } = await platform.database.db.execute<{ hash: string }>(
      'select password_hash as hash from operators',
    );
    expect(rows[0]?.hash).toMatch(/^scrypt\$17\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  });
});
