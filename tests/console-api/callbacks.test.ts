/** What was told to apps, as operators see it and send it again. */
import type {
  CallbackDetail,
  CallbackSummary,
  NewConsoleApp,
  Page,
  ProbeResult,
  Resent,
} from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { type CallbackInbox, openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import { type Cast, createCast, signer } from '../signing-page/scene.ts';
import { type ConsoleScene, startConsole } from './console-client.ts';

let scene: ConsoleScene;
let inbox: CallbackInbox;
let cast: Cast;

beforeAll(async () => {
  inbox = await openCallbackInbox();
  scene = await startConsole({
    clock: systemClock,
    app: { callbackUrl: inbox.url, callbackTypes: ['OPEN_CONTRACT_SIGNED', 'OPEN_CONTRACT_STATUS_CHANGED'] },
  });
  cast = await createCast(scene.platform, scene.platform.app);
});
afterAll(async () => {
  await scene.platform.close();
  await inbox.close();
});

const list = async (query: Record<string, string>) =>
  (await scene.owner.get<Page<CallbackSummary>>('/callbacks', query)).body;

/** A contract that its only party has signed, with both of its callbacks delivered, the later one first. */
async function delivered(): Promise<{ contractId: string; callbacks: readonly CallbackSummary[] }> {
  const contractId = await cast.start([signer('buyer')], { businessCode: `ORDER-${Math.random()}` });
  await cast.client.sandbox.sign({ contractId, accountId: 'buyer' });
  await expect.poll(async () => (await list({ contractId, status: 'delivered' })).total, { timeout: 10_000 }).toBe(2);
  return { contractId, callbacks: (await list({ contractId })).list };
}

describe('callbacks', () => {
  it('are listed with how their delivery stands', async () => {
    const { contractId, callbacks } = await delivered();

    expect(callbacks.map(({ type }) => type)).toEqual(['OPEN_CONTRACT_STATUS_CHANGED', 'OPEN_CONTRACT_SIGNED']);
    expect(callbacks[1]).toEqual({
      ...{ transactionId: expect.stringMatching(/^\d{19}$/), appId: cast.app.id, appName: 'test', status: 'delivered' },
      ...{ type: 'OPEN_CONTRACT_SIGNED', businessCode: expect.stringMatching(/^ORDER-/), tries: 1, nextTryAt: null },
      ...{ subject: `contract:${contractId}`, occurredAt: expect.stringMatching(/Z$/) },
      ...{ deliveredAt: expect.stringMatching(/Z$/), confirmedAt: null },
    });
  });

  it.each([
    ['app', () => ({ appId: '1' }), 0],
    ['type', () => ({ type: 'OPEN_CONTRACT_SIGNED' }), 1],
    ['another type', () => ({ type: 'OPEN_PSN_CERT_RESULT' }), 0],
    ['status', () => ({ status: 'dead' }), 0],
    ['time', () => ({ end: '2020-01-01T00:00:00Z' }), 0],
  ])('are found by %s', async (_, query, total) => {
    const { contractId } = await delivered();

    expect((await list({ contractId, ...query() })).total).toBe(total);
  });

  it('are shown as they were sent, with every try', async () => {
    const { contractId, callbacks } = await delivered();
    const { transactionId = '' } = callbacks[1] ?? {};
    const { body } = await scene.owner.get<CallbackDetail>(`/callbacks/${transactionId}`);

    const sent = await inbox.find(({ json }) => json.transactionId === transactionId);
    expect(body.body).toEqual(sent.json);
    expect(body.body).toMatchObject({ businessType: 'OPEN_CONTRACT_SIGNED', contractId });
    expect(body.attempts).toEqual([
      {
        ...{ at: expect.stringMatching(/Z$/), url: inbox.url, milliseconds: expect.any(Number) },
        ...{ status: 200, answer: '', failure: null },
        requestHeaders: expect.objectContaining({ 'webhook-id': transactionId }),
      },
    ]);
  });

  it('that do not exist are not found', async () => {
    expect((await scene.owner.get('/callbacks/1')).status).toBe(404);
  });
});

describe('a re-send', () => {
  it('brings a named callback once more, under the same transactionId', async () => {
    const { callbacks } = await delivered();
    const { transactionId = '' } = callbacks[1] ?? {};

    expect(await scene.owner.done<Resent>('/callbacks/resend', { transactionIds: [transactionId] })).toEqual({
      count: 1,
    });
    const ofIt = () => inbox.received.filter(({ json }) => json.transactionId === transactionId);
    await expect.poll(() => ofIt().length, { timeout: 10_000 }).toBe(2);
    expect(ofIt()[0]?.body).toBe(ofIt()[1]?.body);
  });

  it('brings all of a time, app and status', async () => {
    const begin = new Date().toISOString();
    await delivered();
    const range = { appId: cast.app.id, status: 'delivered', begin, end: new Date().toISOString() };

    expect(await scene.owner.done<Resent>('/callbacks/resend', range)).toEqual({ count: 2 });
    expect(await scene.owner.done<Resent>('/callbacks/resend', { ...range, status: 'dead' })).toEqual({ count: 0 });
  });

  it.each([{}, { transactionIds: [] }, { appId: '1', status: 'pending', begin: 'x', end: 'y' }])(
    'of %j is refused',
    async (selection) => {
      expect((await scene.owner.post('/callbacks/resend', selection)).status).toBe(400);
    },
  );
});

describe('a probe', () => {
  const probe = async (callbackUrl: string | null) => {
    const { app } = await scene.owner.done<NewConsoleApp>('/apps', { name: 'probed', callbackUrl });
    return scene.owner.done<ProbeResult>(`/apps/${app.appKey}/probe`);
  };

  it('asks the address and tells what it answers', async () => {
    expect(await probe(inbox.url)).toEqual({ ok: true, status: 200, failure: null, milliseconds: expect.any(Number) });
    expect(await inbox.find(({ method }) => method === 'GET')).toMatchObject({ path: '/callbacks', body: '' });
  });

  it.each([
    ['is not there', () => 'http://127.0.0.1:1/', /^unreachable/],
    ['is private', () => 'http://10.0.0.1/', /^address-refused/],
    ['is missing', () => null, /^no-address$/],
  ])('says why when the address %s', async (_, url, failure) => {
    const result = await probe(url());

    expect(result).toMatchObject({ ok: false, status: null });
    expect(result.failure).toMatch(failure);
  });
});
