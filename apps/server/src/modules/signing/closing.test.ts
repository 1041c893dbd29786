/** A contract that ends while one of its parties is being signed for. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { openSigning, type SigningFixture } from './testing/signing-fixture.ts';

const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
let play: SigningFixture;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(clock);
  await play.people('buyer', 'seller');
  fileCode = await play.upload();
});
afterEach(() => {
  play.interference.beforeVerify = undefined;
});
afterAll(() => play.close());

const bothParties = [{ accountId: 'buyer' }, { accountId: 'seller' }];

/** Runs `act` between the making of a signature and its recording. */
function whileSealing(act: () => Promise<unknown>): void {
  play.interference.beforeVerify = async () => {
    play.interference.beforeVerify = undefined;
    await act();
  };
}

describe('a contract that is taken back while a party is being signed for', () => {
  it('keeps no signature, and the party is told', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const keysBefore = await play.storedKeys();
    whileSealing(() => play.contracts.withdraw(play.app, { contractId }, '重拟'));

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'CONTRACT_STATUS_CONFLICT' });

    expect(await play.statusOf(contractId)).toBe('withdrawn');
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'withdrawn', seller: 'withdrawn' });
    expect(await play.verdictOf(contractId)).toMatchObject({ signatures: 0 });
    expect(await play.storedKeys()).toEqual(keysBefore);
    expect(await play.contracts.sealing.owed(0)).toEqual([]);
  });
});

describe('a party that declines while another is being signed for', () => {
  it('ends the contract for both', async () => {
    const contractId = await play.start(fileCode, bothParties);
    whileSealing(() => play.contracts.decline(play.app, { contractId }, 'seller', '金额有误'));

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'CONTRACT_STATUS_CONFLICT' });

    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'withdrawn', seller: 'declined' });
    expect(await play.stepsOf(contractId)).toEqual(['contract-started', 'will-confirmed', 'contract-declined']);
    await expect(play.contracts.download(play.app, { contractId }, { current: false })).rejects.toMatchObject({
      error: 'CONTRACT_STATUS_CONFLICT',
    });
  });

  it('cannot decline what it has confirmed itself', async () => {
    const contractId = await play.start(fileCode, bothParties);
    await play.confirm(contractId, 'buyer');

    await expect(play.contracts.decline(play.app, { contractId }, 'buyer', null)).rejects.toMatchObject({
      error: 'PARTY_STATUS_CONFLICT',
    });
  });
});

describe('commands at the same instant', () => {
  it('leave either a withdrawn contract or a signed one, never a mixture', async () => {
    const owedBefore = await play.contracts.sealing.owed(0);
    const outcomes: string[] = [];
    for (let round = 0; round < 10; round++) {
      const contractId = await play.start(fileCode, [{ accountId: 'buyer' }]);
      await Promise.allSettled([
        play.sign(contractId, 'buyer'),
        play.contracts.withdraw(play.app, { contractId }, null),
      ]);
      const { buyer } = await play.partiesOf(contractId);
      outcomes.push(`${await play.statusOf(contractId)} ${buyer} ${(await play.verdictOf(contractId)).signatures}`);
    }

    expect(outcomes.filter((each) => !['withdrawn withdrawn 0', 'completed signed 1'].includes(each))).toEqual([]);
    expect(await play.contracts.sealing.owed(0)).toEqual(owedBefore);
    expect(await play.evidenceProblems()).toEqual([]);
  });
});

describe('a deadline', () => {
  const deadline = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000);

  it('ends the contract for those who have not signed', async () => {
    const contractId = await play.start(fileCode, bothParties, { signDeadlineAt: deadline(60) });
    await play.sign(contractId, 'buyer');
    clock.advance({ seconds: 61 });

    await expect(play.sign(contractId, 'seller')).rejects.toMatchObject({ error: 'CONTRACT_STATUS_CONFLICT' });
    const expired = await Promise.all([play.contracts.expireOverdue(), play.contracts.expireOverdue()]);

    expect(expired.toSorted()).toEqual([0, 1]);
    expect(await play.statusOf(contractId)).toBe('expired');
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'signed', seller: 'expired' });
    expect(await play.stepsOf(contractId)).toContain('contract-expired');
  });

  it('waits for a party that has confirmed its will in time', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }], { signDeadlineAt: deadline(60) });
    const job = await play.confirm(contractId, 'buyer');
    clock.advance({ seconds: 61 });

    expect(await play.contracts.expireOverdue()).toBe(0);
    await play.signing.payDebt(job);

    expect(await play.statusOf(contractId)).toBe('completed');
  });

  it('ends the contract after the last owed signature when others are missing', async () => {
    const contractId = await play.start(fileCode, bothParties, { signDeadlineAt: deadline(60) });
    const job = await play.confirm(contractId, 'buyer');
    clock.advance({ seconds: 61 });
    await play.contracts.expireOverdue();
    await play.signing.payDebt(job);

    expect(await play.contracts.expireOverdue()).toBe(1);

    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'signed', seller: 'expired' });
  });

  it('of one party stops that party only', async () => {
    const contractId = await play.start(fileCode, [
      { accountId: 'buyer', signDeadlineAt: deadline(60) },
      { accountId: 'seller' },
    ]);
    clock.advance({ seconds: 61 });

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'PARTY_STATUS_CONFLICT' });

    expect(await play.sign(contractId, 'seller')).toBe('signed');
    expect(await play.statusOf(contractId)).toBe('signing');
  });
});
