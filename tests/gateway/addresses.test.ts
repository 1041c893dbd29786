/** Which addresses may call for an app, and whose word counts about them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppSettings } from '../../apps/server/src/modules/apps/index.ts';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type SecondServer, startSecondServer } from './second-server.ts';
import { call, type WireApp } from './wire-client.ts';

const TARGET = '/api/open/contract/list';

let platform: TestPlatform;
/** Trusts the proxy on this machine. */
let behindProxy: SecondServer;

beforeAll(async () => {
  platform = await startTestPlatform();
  behindProxy = await startSecondServer(platform.databaseUrl, { environment: { SIGNET_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(async () => {
  await behindProxy.close();
  await platform.close();
});

const appFrom = async (server: { url: string }, allowedIps: AppSettings['allowedIps']): Promise<WireApp> => ({
  ...(await platform.createApp({ allowedIps })),
  url: server.url,
});
const forwarded = (list: string) => ({ target: TARGET, headers: { 'X-Forwarded-For': list } });

describe('an app with a list of addresses', () => {
  it.each([[['127.0.0.1']], [['10.0.0.0/8', '127.0.0.0/8']], [['::ffff:127.0.0.1']]])(
    'is served from %j',
    async (list) => {
      expect((await call(await appFrom(platform, list), { target: TARGET })).status).toBe(200);
    },
  );

  it.each([[['10.0.0.1']], [['10.0.0.0/8', '::1']], [['127.0.0.2']]])(
    'is refused from elsewhere than %j, and told its address',
    async (list) => {
      const answer = await call(await appFrom(platform, list), { target: TARGET });

      expect(answer.status).toBe(403);
      expect(answer.headers['x-ca-error-code']).toBe('IP_NOT_ALLOWED');
      expect(answer.headers['x-ca-error-message']).toContain('127.0.0.1');
    },
  );

  it('cannot be reached by a forged X-Forwarded-For', async () => {
    expect((await call(await appFrom(platform, ['203.0.113.7']), forwarded('203.0.113.7'))).status).toBe(403);
  });
});

describe('behind a trusted proxy', () => {
  it.each([
    ['the address that the proxy names', '203.0.113.7', 200],
    ['the last address, which the proxy has added', '198.51.100.1, 203.0.113.7', 200],
    ['not an address that the caller has put before it', '203.0.113.7, 198.51.100.1', 403],
    ['not the proxy itself', '127.0.0.1', 403],
  ])('%s counts', async (_, list, status) => {
    expect((await call(await appFrom(behindProxy, ['203.0.113.0/24']), forwarded(list))).status).toBe(status);
  });

  it('an IPv6 caller counts too', async () => {
    expect((await call(await appFrom(behindProxy, ['2001:db8::/32']), forwarded('2001:db8::7'))).status).toBe(200);
  });

  it.each([['unknown'], ['203.0.113.7:4711'], ['%%%']])('the unreadable address %s is refused', async (list) => {
    const answer = await call(await appFrom(behindProxy, ['203.0.113.0/24']), forwarded(list));

    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('403');
  });
});
