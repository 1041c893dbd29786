/** What operators type and see is nobody else's business: none of it may stand in the server's log. */
import type { ContractSummary, NewConsoleApp, NewOperator, Page, TotpEnrollment } from '@signet/protocol/console-api';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type SecondServer, startSecondServer } from '../gateway/second-server.ts';
import { createCast, signer } from '../signing-page/scene.ts';
import { ConsoleBrowser, OWNER } from './console-client.ts';

let platform: TestPlatform;
/** The same installation behind a second server, whose log is kept. */
let server: SecondServer;

beforeAll(async () => {
  platform = await startTestPlatform();
  server = await startSecondServer(platform.databaseUrl);
});
afterAll(async () => {
  await server.close();
  await platform.close();
});

it('the log says nothing of passwords, codes, cookies, secrets and people', async () => {
  const cast = await createCast(platform, platform.app);
  const contractId = await cast.start([signer('buyer')], { contractName: '张三的租约' });
  const setupCode = ((await platform.modules.operators.setupLink()) ?? '').split('#code=')[1] ?? '';
  const owner = new ConsoleBrowser(server.url);
  await owner.done('/setup', { setupCode, ...OWNER });
  await owner.logIn('a password in the wrong field', 'wrong password');

  const totp = await owner.done<TotpEnrollment>('/account/totp/begin', { password: OWNER.password });
  const member = await owner.done<NewOperator>('/operators', { name: 'karl.klein', role: 'owner' });
  const made = await owner.done<NewConsoleApp>('/apps', {
    name: '秘密应用',
    callbackUrl: 'https://example.com/?k=sesame',
  });
  await owner.get<Page<ContractSummary>>('/contracts', { search: '张三', accountId: 'buyer' });
  await owner.get(`/contracts/${contractId}`);
  await owner.get('/sandbox/messages', { appId: platform.app.id, phone: '13800000000' });
  await owner.post('/apps/%00', { name: '张三' });
  await platform.database.db.execute('alter table console_audit rename to console_audit_away');
  const broken = await owner.get<{ logKey?: string }>(`/contracts/${contractId}`);
  await platform.database.db.execute('alter table console_audit_away rename to console_audit');

  expect([broken.status, broken.body.error]).toEqual([500, 'SYSTEM_BUSY']);
  await expect.poll(() => server.logged()).toContain(broken.body.logKey);
  expect(server.logged()).toContain('42P01');
  expect(server.logged()).toContain('/console-api/contracts/:contractId');
  const secrets = [
    ...[setupCode, OWNER.password, OWNER.name, 'wrong password', 'a password in the wrong field', owner.token ?? ''],
    ...[totp.secret, member.temporaryPassword, 'karl.klein', made.appSecret, made.callbackSecret, 'sesame'],
    ...['张三', encodeURIComponent('张三'), '13800000000', '110101199003078857', '秘密应用', contractId],
  ];
  expect(secrets.filter((secret) => server.logged().includes(secret))).toEqual([]);
});
