/** What only a sandbox shows: the people it knows and the messages that would have been sent. */
import type { AuditEntry, OutboxMessage, Page, RegistryEntry } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../apps/server/src/kernel/testing/test-database.ts';
import { startSecondServer } from '../gateway/second-server.ts';
import { callJson } from '../gateway/wire-client.ts';
import { ConsoleBrowser, type ConsoleScene, OWNER, startConsole } from './console-client.ts';

describe('a sandbox', () => {
  let scene: ConsoleScene;
  beforeAll(async () => {
    scene = await startConsole();
  });
  afterAll(() => scene.platform.close());

  it('shows whom its registry knows and how they behave', async () => {
    const { body } = await scene.owner.get<Page<RegistryEntry>>('/sandbox/registry', { keyword: '110101199003078857' });

    expect(body.list).toContainEqual({
      kind: 'person',
      facts: {
        ...{ psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' },
        psnMobile: '13800000000',
      },
      behavior: '二要素 通过(一致);运营商三要素 通过(一致)',
    });
    const everybody = await scene.owner.get<Page<RegistryEntry>>('/sandbox/registry', { pageSize: '100' });
    expect(everybody.body.list.filter(({ kind }) => kind === 'company').length).toBeGreaterThan(2);
    expect(everybody.body.list.length).toBe(everybody.body.total);
  });

  it('shows the messages of one app, newest first', async () => {
    const { platform, clock } = scene;
    const app = { ...platform.app, url: platform.url };
    const time = { 'X-Ca-Timestamp': `${clock.now().getTime()}` };
    const facts = { psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' };
    const checked = await callJson(app, '/open/psnCert/3element', { ...facts, psnMobile: '13800000000' }, time);
    const { flowNo } = checked.body.result as { flowNo: string };
    await callJson(app, '/open/psnCert/sendSms', { flowNo, psnMobile: '13800000000' }, time);

    const look = async () =>
      (await scene.owner.get<Page<OutboxMessage>>('/sandbox/messages', { appId: platform.app.id })).body;
    await expect.poll(async () => (await look()).list[0]?.state).toBe('sent');
    const body = await look();
    expect(body).toEqual({
      total: 1,
      list: [
        {
          ...{ phone: '13800000000', code: expect.stringMatching(/^\d{6}$/), at: clock.now().toISOString() },
          text: expect.stringContaining(body.list[0]?.code ?? '-'),
          ...{ state: 'sent', parts: 1, source: 'sandbox', reason: null },
        },
      ],
    });
    const elsewhere = await scene.owner.get<Page<OutboxMessage>>('/sandbox/messages', { appId: '1' });
    expect(elsewhere.body).toEqual({ list: [], total: 0 });
  });
});

describe('a list of messages that refreshes itself', () => {
  it('is one view in the audit log, and another one ten minutes later', async () => {
    const { platform, clock, owner } = await startConsole();
    const look = () => owner.get<Page<OutboxMessage>>('/sandbox/messages', { appId: platform.app.id });
    const views = async () => (await owner.get<Page<AuditEntry>>('/audit', { action: 'messages-viewed' })).body.total;
    for (let i = 0; i < 5; i++) await look();
    const atOnce = await views();
    clock.advance({ minutes: 11 });
    await look();

    expect([atOnce, await views()]).toEqual([1, 2]);
    await platform.close();
  });
});

describe('a production installation', () => {
  it('has no such pages', async () => {
    const database = await createTestDatabase({ empty: true });
    const server = await startSecondServer(database.url, { environment: { SIGNET_MODE: 'production' } });
    const owner = new ConsoleBrowser(server.url);
    const setupCode = ((await server.modules.operators.setupLink()) ?? '').split('#code=')[1];
    await owner.done('/setup', { setupCode, ...OWNER });

    const session = await owner.get('/session');
    const answers = [await owner.get('/sandbox/registry'), await owner.get('/sandbox/messages', { appId: '1' })];
    await server.close();
    await database.drop();

    expect(session.body).toMatchObject({ mode: 'production' });
    expect(answers.map(({ status, body }) => [status, body.error])).toEqual(Array(2).fill([404, 'NOT_FOUND']));
  });
});
