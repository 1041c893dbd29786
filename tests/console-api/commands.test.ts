/** `npx signet console …`, run as an operator would beside a running server. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ConsoleSession, Operator, TotpEnrollment } from '@signet/protocol/console-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { TEST_MASTER_KEY } from '../../apps/server/src/kernel/testing/test-database.ts';
import { type ConsoleScene, OWNER, startConsole, totpAt } from './console-client.ts';

const SIGNET = join(import.meta.dirname, '..', '..', 'apps', 'server', 'bin', 'signet.mjs');

let scene: ConsoleScene;
beforeAll(async () => {
  scene = await startConsole({ clock: systemClock });
});
afterAll(() => scene.platform.close());

async function run(...words: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const environment = {
    ...{ PATH: process.env.PATH, SIGNET_DATA: scene.platform.dataFolder, DATABASE_URL: scene.platform.databaseUrl },
    ...{ SIGNET_MASTER_KEY: Buffer.from(TEST_MASTER_KEY).toString('hex'), SIGNET_PUBLIC_URL: scene.platform.url },
  };
  try {
    const ran = await promisify(execFile)(process.execPath, [SIGNET, 'console', ...words], { env: environment });
    return { code: 0, ...ran };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

it('reset lets an owner in who has lost password and phone, and whoever was in is out', async () => {
  const { secret } = await scene.owner.done<TotpEnrollment>('/account/totp/begin', { password: OWNER.password });
  await scene.owner.done('/account/totp/enable', { totp: totpAt(secret, new Date()) });
  for (let i = 0; i < 5; i++) await scene.browser().logIn(OWNER.name, 'forgotten it');

  const { code, stdout } = await run('reset', 'Olivia');

  const password = /^Password {2}(\S+)$/m.exec(stdout)?.[1] ?? '';
  expect([code, stdout]).toEqual([0, expect.stringContaining('Account   olivia (owner)\n')]);
  expect((await scene.owner.get<ConsoleSession>('/session')).body.account).toBeNull();
  const again = scene.browser();
  expect((await again.logIn(OWNER.name, password)).body).toMatchObject({
    account: { role: 'owner', mustChangePassword: true, totpEnabled: false },
  });
  await again.done('/account/password', { oldPassword: password, newPassword: OWNER.password });
  expect((await again.get<Operator[]>('/operators')).body).toHaveLength(1);
});

it('reset names an account that is not there', async () => {
  expect(await run('reset', 'nobody')).toMatchObject({ code: 1, stderr: 'There is no account nobody.\n' });
});

it('setup-code gives an address only while there is no account', async () => {
  expect(await run('setup-code')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('There is an account already.'),
  });

  await scene.platform.database.db.execute('truncate operators, operator_sessions');
  const { stdout } = await run('setup-code');
  expect(stdout).toMatch(new RegExp(`^${scene.platform.url}/console/setup#code=[\\w-]{24}\n$`));
  const setupCode = stdout.trim().split('#code=')[1];
  expect((await scene.browser().post('/setup', { setupCode, ...OWNER })).status).toBe(200);
});
