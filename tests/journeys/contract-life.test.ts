import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  clientOf,
  company,
  downloadAll,
  type Journey,
  outcomeOf,
  person,
  placeOf,
  startContract,
  startJourney,
  uploadLease,
} from './people.ts';

const UNKNOWN_FILE = 'FC_20261124234746fiCTEwHoWphyjFd';

let journey: Journey;
let fileCode: string;

beforeAll(async () => {
  journey = await startJourney();
  const { client } = journey;
  for (const accountId of ['buyer', 'seller', 'witness']) await person(client, accountId);
  await company(client, 'acme');
  fileCode = await uploadLease(client);
});
afterAll(() => journey.platform.close());

describe('a party refuses', () => {
  it('which ends the contract for all, with the reason', async () => {
    const { client } = journey;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }, { accountId: 'seller' }]);

    await client.sandbox.refuse({ contractId, accountId: 'buyer', reason: '金额有误' });

    expect(await outcomeOf(client, contractId)).toBe('rejected');
    expect(await client.contracts.getParty({ contractId, accountId: 'buyer' })).toMatchObject({
      signStatus: 'rejected',
      refuseReason: '金额有误',
    });
    await expect(client.sandbox.sign({ contractId, accountId: 'seller' })).rejects.toMatchObject({ code: 'oc_40006' });
    await expect(client.contracts.download({ contractId })).rejects.toMatchObject({ code: 'oc_40006' });
  });
});

describe('an initiator revokes', () => {
  it('a contract that is not complete', async () => {
    const { client } = journey;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }, { accountId: 'seller' }]);
    await client.sandbox.sign({ contractId, accountId: 'buyer' });

    expect(await client.contracts.revoke({ contractId, reason: '重拟' })).toEqual({ contractStatus: 'revoked' });

    await expect(client.sandbox.sign({ contractId, accountId: 'seller' })).rejects.toMatchObject({ code: 'oc_40006' });
  });

  it('but never a complete one', async () => {
    const { client } = journey;
    const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
    await client.sandbox.sign({ contractId, accountId: 'buyer' });
    await outcomeOf(client, contractId);

    await expect(client.contracts.revoke({ contractId })).rejects.toMatchObject({ code: 'oc_40006' });
    expect(await downloadAll(client, contractId)).toHaveLength(1);
  });
});

describe('the signing order', () => {
  it('keeps a later party waiting until the earlier one has signed', async () => {
    const { client } = journey;
    const contractId = await startContract(
      client,
      [fileCode],
      [
        { accountId: 'buyer', seqNo: 1 },
        { accountId: 'seller', seqNo: 2 },
      ],
    );

    await expect(client.sandbox.sign({ contractId, accountId: 'seller' })).rejects.toMatchObject({ code: 'oc_40502' });
    await client.sandbox.sign({ contractId, accountId: 'buyer' });
    await client.sandbox.sign({ contractId, accountId: 'seller' });

    expect(await outcomeOf(client, contractId)).toBe('finished');
  });
});

describe('another app', () => {
  it('finds neither the contract nor its file nor its people', async () => {
    const contractId = await startContract(journey.client, [fileCode], [{ accountId: 'buyer' }]);
    const stranger = clientOf(journey.platform, await journey.platform.createApp());

    await expect(stranger.contracts.get({ contractId })).rejects.toMatchObject({ code: 'oc_40006' });
    await expect(stranger.persons.get({ accountId: 'buyer' })).rejects.toMatchObject({ code: 'oc_10502' });
    await expect(stranger.files.verify({ fileCode })).rejects.toMatchObject({ code: 'oc_30501' });
    await expect(stranger.sandbox.refuse({ contractId, accountId: 'buyer' })).rejects.toMatchObject({
      code: 'oc_40006',
    });
  });
});

describe('a start that is refused', () => {
  const field = () => ({ fileCode, signFieldPosition: placeOf(0) });
  const startOf = (file: string) => ({
    docs: [{ fileId: 'doc', fileCode: file }],
    signFlowInitiator: { accountId: 'buyer' },
    signers: [{ accountId: 'buyer', signFields: [{ ...field(), fileCode: file }] }],
  });
  const input = (change: object) => ({ ...startOf(fileCode), ...change });

  it.each([
    [
      'a party named twice',
      'oc_40003',
      () => ({ signers: [1, 2].map(() => ({ accountId: 'buyer', signFields: [field()] })) }),
    ],
    ['one place used twice', 'oc_40016', () => ({ signers: [{ accountId: 'buyer', signFields: [field(), field()] }] })],
    ['a file named twice', 'oc_40014', () => ({ docs: [1, 2].map((n) => ({ fileId: `${n}`, fileCode })) })],
    ['a deadline in the past', 'oc_40002', () => ({ signFlowConfig: { signDeadline: '2020-01-01' } })],
    ['a deadline too far away', 'oc_40001', () => ({ signFlowConfig: { signDeadline: '2099-01-01' } })],
    ['an unknown account', 'oc_10502', () => ({ signFlowInitiator: { accountId: 'nobody' } })],
    ['an unknown file', 'oc_30501', () => startOf(UNKNOWN_FILE)],
    [
      'a silent signature without a grant',
      'oc_20502',
      () => ({ signers: [{ accountId: 'acme', signFields: [{ ...field(), authorizeCode: 'nothing' }] }] }),
    ],
  ])('%s answers %s', async (_, code, change) => {
    await expect(journey.client.contracts.start(input(change()))).rejects.toMatchObject({ code });
  });

  it('leaves nothing behind', async () => {
    const before = await journey.client.contracts.list({});

    await expect(
      journey.client.contracts.start(input({ signFlowConfig: { signDeadline: '2020-01-01' } })),
    ).rejects.toThrow();

    expect((await journey.client.contracts.list({})).total).toBe(before.total);
  });

  it('names the page that does not exist', async () => {
    const signers = [{ accountId: 'buyer', signFields: [{ fileCode, signFieldPosition: placeOf(0, 13) }] }];

    await expect(journey.client.contracts.start(input({ signers }))).rejects.toMatchObject({
      code: '400',
      msg: expect.stringContaining('signers[0].signFields[0].signFieldPosition.positionPage'),
    });
  });
});

describe('a start under an idempotency key', () => {
  it('starts one contract, also when it arrives twice at once', async () => {
    const { client } = journey;
    const input = {
      docs: [{ fileId: 'doc', fileCode }],
      signFlowInitiator: { accountId: 'buyer' },
      signers: [{ accountId: 'buyer', signFields: [{ fileCode, signFieldPosition: placeOf(0) }] }],
    };

    const [first, second] = await Promise.all(
      [1, 2].map(() => client.contracts.start(input, { idempotencyKey: 'order-7' })),
    );

    expect(second).toEqual(first);
  });
});
