/** Who may append to a contract's files: one signer at a time, over all servers, and nobody for ever. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { openSigning, type Server, SIMULATED, type SigningFixture } from './testing/signing-fixture.ts';

const CLAIM_MS = 600;

let play: SigningFixture;
let other: Server;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(systemClock, { safetyNetMs: 60_000, claimMs: CLAIM_MS });
  other = await play.server();
  await play.people('buyer', 'seller', 'witness');
  fileCode = await play.upload();
});
afterEach(() => {
  play.interference.beforeVerify = undefined;
});
afterAll(() => play.close());

describe('a claim', () => {
  it('keeps others away until it runs out, and is then taken over', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);
    const abandoned = await play.contracts.sealing.claim(await play.confirm(contractId, 'buyer'));
    const job = await play.confirm(contractId, 'seller');

    expect(abandoned).toHaveProperty('token');
    expect(await other.contracts.sealing.claim(job)).toBeUndefined();
    const startedAt = performance.now();
    await other.signing.payDebt(job);

    expect(performance.now() - startedAt).toBeGreaterThan(CLAIM_MS / 3);
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'sealing', seller: 'signed' });
  });

  it('that was taken over records nothing any more, and its signer starts again', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);
    const late = await play.contracts.sealing.claim(await play.confirm(contractId, 'buyer'));
    await sleep(CLAIM_MS + 50);
    await other.signing.sign(play.app, { contractId }, 'seller', SIMULATED);

    if (!late || 'settled' in late) throw new Error('the claim was not given');
    expect(await play.contracts.sealing.record(late, [])).toBe(false);
    await play.contracts.sealing.fail(late, 'too late');

    expect(await play.partyOf(contractId, 'buyer')).toMatchObject({ status: 'sealing', sealingError: null });
    await play.signing.payDebt({ appId: play.app.id, contractId, partyId: late.party.id, accountId: 'buyer' });
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
  });

  it('that was lost in the middle of the work leaves no file of the refused attempt behind', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);
    const keysBefore = (await play.storedKeys()).length;
    play.interference.beforeVerify = async () => {
      play.interference.beforeVerify = undefined;
      await play.database.pool.query('update contracts set claim_token = null where id = $1', [contractId]);
      await other.signing.sign(play.app, { contractId }, 'seller', SIMULATED);
    };

    expect(await play.sign(contractId, 'buyer')).toBe('signed');

    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
    expect((await play.storedKeys()).length).toBe(keysBefore + 2);
  });

  it('outlives slow work, so that slow files are not signed in turns for ever', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);
    let attempts = 0;
    play.interference.beforeVerify = async () => {
      attempts++;
      await sleep(CLAIM_MS * 3);
    };

    const slow = play.sign(contractId, 'buyer');
    await sleep(200);
    const answers = await Promise.all([slow, other.signing.sign(play.app, { contractId }, 'seller', SIMULATED)]);

    expect(answers).toEqual(['signed', 'signed']);
    expect(attempts).toBe(1);
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
  });

  it('is not given for a party that has signed, nor for another app', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }]);
    const job = await play.confirm(contractId, 'buyer');

    await expect(play.contracts.sealing.claim({ ...job, appId: 'another' })).rejects.toMatchObject({
      error: 'CONTRACT_NOT_FOUND',
    });
    await play.signing.payDebt(job);

    expect(await play.contracts.sealing.claim(job)).toEqual({ settled: 'signed' });
    await play.signing.payDebt(job);
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
  });
});
