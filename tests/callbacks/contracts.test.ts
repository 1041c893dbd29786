/** What an integrator hears of its contracts, in the words of the public documentation. */
import { verifyCallback } from '@signet/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, person, placeOf, startContract, uploadLease } from '../journeys/people.ts';
import { type RawRequest, rawCall } from '../wire/raw-client.ts';
import { openScene, type Scene } from './scene.ts';
import { expectedSignature, signaturesOf } from './signatures.ts';

let scene: Scene;
let fileCode: string;
let from: number;

beforeAll(async () => {
  scene = await openScene();
  for (const accountId of ['buyer', 'seller']) await person(scene.client, accountId);
  fileCode = await uploadLease(scene.client);
});
afterAll(() => scene.close());
beforeEach(() => {
  from = scene.inbox.received.length;
});

/** The next callbacks since the test began. */
async function next(count: number) {
  return (await scene.inbox.count(from + count)).slice(from, from + count);
}

const bodies = async (count: number) => (await next(count)).map(({ json }) => json);
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
const ID = expect.stringMatching(/^\d{19}$/);

describe('an app hears', () => {
  it('of each signature and then of the completion, with its own business code', async () => {
    const { client } = scene;
    const { contractId } = await client.contracts.start({
      businessCode: '订单-1',
      docs: [{ fileId: 'doc', fileCode }],
      signFlowInitiator: { accountId: 'buyer' },
      signers: ['buyer', 'seller'].map((accountId, i) => ({
        accountId,
        signFields: [{ fileCode, signFieldPosition: placeOf(i) }],
      })),
    });

    await client.sandbox.sign({ contractId, accountId: 'buyer' });
    await client.sandbox.sign({ contractId, accountId: 'seller' });

    const head = { transactionId: ID, businessCode: '订单-1', eventTime: TIME, contractId };
    const signed = { businessType: 'OPEN_CONTRACT_SIGNED', signStatus: 'finished', signTime: TIME, refuseReason: null };
    expect(await bodies(3)).toEqual([
      { ...head, ...signed, accountId: 'buyer' },
      { ...head, ...signed, accountId: 'seller' },
      {
        ...head,
        businessType: 'OPEN_CONTRACT_STATUS_CHANGED',
        contractStatus: 'finished',
        finishTime: TIME,
        reason: null,
      },
    ]);
  });

  it('of a refusal with its reason, and of the end of the contract', async () => {
    const { client } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }, { accountId: 'seller' }]);

    await client.sandbox.refuse({ contractId, accountId: 'seller', reason: '金额有误' });

    expect(await bodies(2)).toMatchObject([
      { contractId, accountId: 'seller', signStatus: 'rejected', signTime: null, refuseReason: '金额有误' },
      { contractId, contractStatus: 'rejected', finishTime: null, reason: '金额有误' },
    ]);
  });

  it('of a withdrawal', async () => {
    const { client } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);

    await client.contracts.revoke({ contractId, reason: '重拟' });

    expect(await bodies(1)).toMatchObject([
      { contractId, contractStatus: 'revoked', finishTime: null, reason: '重拟' },
    ]);
  });

  it('nothing of a command that was refused', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    const rowsBefore = await platform.database.pool.query('select 1 from callback_events');

    await expect(client.sandbox.refuse({ contractId, accountId: 'seller' })).rejects.toMatchObject({
      code: 'oc_40005',
    });

    const rows = await platform.database.pool.query('select 1 from callback_events');
    expect(rows.rowCount).toBe(rowsBefore.rowCount);
  });

  it('in the transaction of the change: what cannot be committed is not told', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await platform.database.pool.query(`create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no'; end $$`);
    await platform.database.pool.query(`create constraint trigger at_commit after insert on callback_events
      deferrable initially deferred for each row execute function refuse()`);

    await expect(client.contracts.revoke({ contractId })).rejects.toMatchObject({ code: '500' });
    await platform.database.pool.query('drop function refuse cascade');

    expect((await client.contracts.get({ contractId })).contractStatus).toBe('signing');
    await client.contracts.revoke({ contractId });
    expect(await bodies(1)).toMatchObject([{ contractId, contractStatus: 'revoked' }]);
    expect(scene.inbox.received).toHaveLength(from + 1);
  });
});

describe('a deadline that passes', () => {
  it('is told as an expired contract', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await platform.database.pool.query('update contracts set sign_deadline_at = now() where id = $1', [contractId]);

    await platform.modules.contracts.expireOverdue();

    expect(await bodies(1)).toMatchObject([{ contractId, contractStatus: 'expired', finishTime: null, reason: null }]);
  });
});

describe('the signature of a callback', () => {
  it('is that of Standard Webhooks over the bytes that arrive, and the SDK accepts it', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.contracts.revoke({ contractId });

    const [callback] = await next(1);

    expect(callback?.headers).toMatchObject({
      'content-type': 'application/json;charset=UTF-8',
      'webhook-id': callback?.json.transactionId,
    });
    expect(Math.abs(Date.now() / 1_000 - Number(callback?.headers['webhook-timestamp']))).toBeLessThan(60);
    expect(signaturesOf(callback!)).toEqual([expectedSignature(platform.app.callbackSecret, callback!)]);
    const verified = verifyCallback({ secret: platform.app.callbackSecret, ...callback! });
    expect(verified).toEqual(callback?.json);
  });

  it('is made with both secrets while they are rotated', async () => {
    const { client, platform } = scene;
    const { app } = platform;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    const fresh = await platform.modules.apps.rotateCallbackSecret(app.id);

    await client.contracts.revoke({ contractId });
    const [callback] = await next(1);

    expect(signaturesOf(callback!)).toEqual([
      expectedSignature(fresh, callback!),
      expectedSignature(app.callbackSecret, callback!),
    ]);
    for (const secret of [fresh, app.callbackSecret]) verifyCallback({ secret, ...callback! });
  });

  it('opens nothing of our own API', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.contracts.revoke({ contractId });
    const [callback] = await next(1);
    const { host: _1, connection: _2, 'content-length': _3, 'transfer-encoding': _4, ...headers } = callback!.headers;
    const replay = (more: Record<string, string>) =>
      fetch(`${platform.url}/api/open/contract/revoke`, {
        method: 'POST',
        headers: { ...(headers as Record<string, string>), ...more },
        body: callback!.body,
      });

    const [signature = ''] = signaturesOf(callback!);
    const statuses = [
      (await replay({ 'x-ca-key': platform.app.appKey, 'x-ca-signature': signature.replace('v1,', '') })).status,
      (await replay({ 'x-ca-key': platform.app.appKey, 'x-ca-signature': signature })).status,
    ];

    expect(statuses).toEqual([401, 401]);
    expect((await replay({})).status).toBe(400);
  });
});

describe('a receiver', () => {
  it('looks an event up and confirms it, twice if it likes', async () => {
    const { client } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.contracts.revoke({ contractId, reason: '重拟' });
    const [body] = await bodies(1);
    const transactionId = String(body?.transactionId);
    const { businessType, eventTime } = body ?? {};

    expect(await client.callbacks.get({ transactionId })).toEqual({
      ...{ transactionId, businessType, eventTime },
      data: { businessCode: null, contractId, contractStatus: 'revoked', finishTime: null, reason: '重拟' },
    });
    expect(await client.callbacks.confirm({ transactionId })).toBeNull();
    expect(await client.callbacks.confirm({ transactionId })).toBeNull();
  });

  it('uses every documented path and method', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.contracts.revoke({ contractId });
    const [body] = await bodies(1);
    const query = { transactionId: String(body?.transactionId) };
    const app = { url: platform.url, ...platform.app };
    const code = async (request: RawRequest) => (await rawCall(app, request)).body.code;

    for (const path of ['/open/callback/get', '/open/callback/info', '/open/callback/query']) {
      expect([await code({ path, query }), await code({ path, json: query })]).toEqual(['200', '200']);
    }
    for (const path of ['/open/callback/confirm', '/open/callback/success']) {
      expect([await code({ path, query }), await code({ path, json: query })]).toEqual(['405', '200']);
    }
    expect(await code({ path: '/open/callback/get' })).toBe('400');
  });

  it('finds nothing of another app', async () => {
    const { client, platform } = scene;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.contracts.revoke({ contractId });
    const [body] = await bodies(1);
    const transactionId = String(body?.transactionId);
    const stranger = clientOf(platform, await platform.createApp());

    await expect(stranger.callbacks.get({ transactionId })).rejects.toMatchObject({ code: 'oc_50501' });
    await expect(stranger.callbacks.confirm({ transactionId })).rejects.toMatchObject({ code: 'oc_50501' });
    await expect(client.callbacks.get({ transactionId: '1' })).rejects.toMatchObject({ code: 'oc_50501' });
  });
});
