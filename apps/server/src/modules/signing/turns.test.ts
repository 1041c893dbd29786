/** Who signs when, and by which grant: through the module's door, on a real database and real files. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { openSigning, type SigningFixture } from './testing/signing-fixture.ts';

const START = new Date('2026-11-24T10:00:00+08:00');
const DAY_MS = 86_400_000;

const clock = new ManualClock(START);
let play: SigningFixture;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(clock);
  await play.people('buyer', 'seller', 'witness', 'acme', 'bank', 'shop');
  fileCode = await play.upload();
  await play.startJobs();
});
afterAll(() => play.close());

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await sleep(20);
  }
}

describe('parties in parallel', () => {
  it('sign in any order and also at once; the last one completes the contract', async () => {
    const contractId = await play.start(fileCode, [
      { accountId: 'buyer' },
      { accountId: 'seller' },
      { accountId: 'witness' },
    ]);

    const statuses = await Promise.all(
      ['witness', 'buyer', 'seller'].map((accountId) => play.sign(contractId, accountId)),
    );

    expect(statuses).toEqual(['signed', 'signed', 'signed']);
    expect(await play.statusOf(contractId)).toBe('completed');
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 3 });
    expect((await play.stepsOf(contractId)).toSorted()).toEqual(
      [
        'contract-started',
        ...Array(3).fill('will-confirmed'),
        ...Array(3).fill('party-signed'),
        'contract-completed',
      ].sort(),
    );
  });

  it('each sign once, also when they ask twice at the same moment', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);

    const answers = await Promise.allSettled([1, 2, 3].map(() => play.sign(contractId, 'buyer')));

    expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { error: 'PARTY_STATUS_CONFLICT' },
    });
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
  });
});

describe('parties in sequence', () => {
  it('wait for their turn; equal numbers share one', async () => {
    const contractId = await play.start(
      fileCode,
      [
        { accountId: 'buyer', sequenceNumber: 1 },
        { accountId: 'seller', sequenceNumber: 2 },
        { accountId: 'witness', sequenceNumber: 2 },
      ],
      { sequential: true },
    );

    await expect(play.sign(contractId, 'seller')).rejects.toMatchObject({ error: 'NOT_YOUR_TURN' });
    await play.sign(contractId, 'buyer');
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'signed', seller: 'signing', witness: 'signing' });
    await Promise.all([play.sign(contractId, 'witness'), play.sign(contractId, 'seller')]);

    expect(await play.statusOf(contractId)).toBe('completed');
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 3 });
  });
});

describe('a silent party', () => {
  it('signs by itself when its turn comes, not before', async () => {
    const authorizeCode = await play.grant('acme');
    const contractId = await play.start(
      fileCode,
      [
        { accountId: 'buyer', sequenceNumber: 1 },
        { accountId: 'acme', sequenceNumber: 2, authorizeCode },
      ],
      { sequential: true },
    );
    await sleep(300);
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'signing', acme: 'waiting' });

    await play.sign(contractId, 'buyer');

    await until(async () => (await play.statusOf(contractId)) === 'completed');
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
  });

  it('signs at once when asked to, also at the moment when its turn comes by itself', async () => {
    const authorizeCode = await play.grant('acme');
    const { signing, app } = play;

    for (let round = 0; round < 5; round++) {
      const contractId = await play.start(fileCode, [{ accountId: 'acme', authorizeCode }]);
      const asked = await Promise.all([1, 2].map(() => signing.signSilently(app, { contractId }, 'acme', null)));
      expect(asked).toEqual(['signed', 'signed']);
      expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
      expect(await signing.signSilently(app, { contractId }, 'acme', null)).toBe('signed');
    }
  });

  it('whose grant has ended is recorded as refused, and signs by a renewed one', async () => {
    const authorizeCode = await play.grant('shop', new Date(clock.now().getTime() + DAY_MS));
    const contractId = await play.start(
      fileCode,
      [
        { accountId: 'buyer', sequenceNumber: 1 },
        { accountId: 'shop', sequenceNumber: 2, authorizeCode },
      ],
      { sequential: true },
    );
    clock.advance({ days: 2 });

    await play.sign(contractId, 'buyer');

    await until(async () => (await play.partyOf(contractId, 'shop')).sealingError !== null);
    expect(await play.partyOf(contractId, 'shop')).toMatchObject({ status: 'signing', sealingError: 'oc_20504' });
    expect(await play.stepsOf(contractId)).toContain('silent-signing-refused');
    const ask = () => play.signing.signSilently(play.app, { contractId }, 'shop', null);
    await expect(ask()).rejects.toMatchObject({ error: 'SEAL_GRANT_EXPIRED' });

    await play.grant('shop');
    expect(await ask()).toBe('signed');
    expect(await play.statusOf(contractId)).toBe('completed');
  });

  it('whose grant was cancelled says so, and signs by a renewed one', async () => {
    const authorizeCode = await play.grant('bank');
    const contractId = await play.start(
      fileCode,
      [
        { accountId: 'buyer', sequenceNumber: 1 },
        { accountId: 'bank', sequenceNumber: 2, authorizeCode },
      ],
      { sequential: true },
    );
    await play.modules.seals.cancelGrant(play.app.id, authorizeCode);

    await play.sign(contractId, 'buyer');

    await until(async () => (await play.partyOf(contractId, 'bank')).sealingError !== null);
    const ask = () => play.signing.signSilently(play.app, { contractId }, 'bank', null);
    await expect(ask()).rejects.toMatchObject({ error: 'SEAL_GRANT_CANCELLED' });
    const renewed = await play.grant('bank');
    expect(await ask()).toBe('signed');
    const [will] = (await play.modules.evidence.entriesOf(play.app.id, `contract:${contractId}`))
      .filter(({ kind }) => kind === 'will-confirmed')
      .slice(-1);
    expect(JSON.parse(will?.content ?? '{}')).toMatchObject({ mode: 'silent', grants: [renewed] });
  });

  it('never signs by somebody else’s grant', async () => {
    const authorizeCode = await play.grant('acme');

    await expect(play.start(fileCode, [{ accountId: 'seller', authorizeCode }])).rejects.toMatchObject({
      error: 'SEAL_GRANT_OF_ANOTHER_ACCOUNT',
    });
    const contractId = await play.start(fileCode, [{ accountId: 'seller' }]);
    await expect(play.signing.signSilently(play.app, { contractId }, 'seller', null)).rejects.toMatchObject({
      error: 'SEAL_GRANT_NOT_FOUND',
    });
  });

  it('does not sign for an app whose switch was turned off meanwhile', async () => {
    const authorizeCode = await play.grant('acme');
    const contractId = await play.start(
      fileCode,
      [
        { accountId: 'buyer', sequenceNumber: 1 },
        { accountId: 'acme', sequenceNumber: 2, authorizeCode },
      ],
      { sequential: true },
    );
    await play.modules.apps.set(play.app.appKey, { silentSigning: false });

    await play.sign(contractId, 'buyer');

    await until(async () => (await play.partyOf(contractId, 'acme')).sealingError !== null);
    expect(await play.partyOf(contractId, 'acme')).toMatchObject({ status: 'signing', sealingError: 'oc_20501' });
    await play.modules.apps.set(play.app.appKey, { silentSigning: true });
  });
});
