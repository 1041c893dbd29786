/** Faces, payouts and letters: open until they end, and what holds while they are. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createUnconfiguredPayoutBank } from '../../providers/payout-unconfigured/index.ts';
import {
  APP,
  EXAMPLE_COMPANY,
  type IdentityFixture,
  LI_NA,
  OTHER_APP,
  startIdentity,
  ZHANG_SAN,
} from './testing/identity-fixture.ts';

const ACCOUNT = { accountNumber: '110000000001', bankName: '中国银行', branchCode: '104100000018' };
const AGENT = { name: LI_NA.facts.name, idNumber: LI_NA.facts.idNumber };

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

const openFace = () => given.identity.openFaceCheck(APP, { facts: ZHANG_SAN.facts, redirect: null });
const report = (verificationId: string) => given.identity.getVerification(APP, { verificationId });

async function companyFlow(): Promise<string> {
  const agentFlow = await given.certify(LI_NA);
  const { idNumber: _, idDocumentType: __, ...representative } = EXAMPLE_COMPANY.legalRepresentative;
  const facts = { ...EXAMPLE_COMPANY, legalRepresentative: representative };
  return (await given.identity.checkCompanyRecord(APP, { facts, verificationId: agentFlow })).verificationId;
}

async function amountPaid(): Promise<string> {
  const { list } = await given.messaging.listSandboxMessages(APP, { phone: LI_NA.mobile, pageNumber: 1, pageSize: 1 });
  return /(\d+\.\d\d)元/.exec(list[0]?.text ?? '')?.[1] ?? '';
}

describe('a face', () => {
  it('fails when nobody has come in time, at once for whoever asks and for good by the clean-up', async () => {
    const { verificationId, checkId, expiresAt } = await openFace();
    expect(expiresAt).toEqual(new Date(given.clock.now().getTime() + 24 * 3_600_000));
    given.clock.set(expiresAt);

    expect(await given.identity.faceResult(APP, { checkId })).toMatchObject({ outcome: 'un_passed' });
    expect(await report(verificationId)).toMatchObject({ status: 'un_passed', checks: [{ outcome: 'un_passed' }] });
    await expect(given.identity.completeInSandbox(APP, { checkId, outcome: 'passed' })).rejects.toThrow('CHECK_ENDED');

    expect(await given.identity.expireOverdue()).toEqual({ ended: 1 });
    expect(await given.identity.expireOverdue()).toEqual({ ended: 0 });
    expect(given.published.map(({ event }) => event.type)).toEqual(['face-finished', 'person-verified']);
    expect((await given.evidenceOf({ verificationId })).at(-1)).toMatchObject({
      kind: 'identity-check-ended',
      content: { checkId, outcome: 'un_passed', reason: '超时未完成', source: 'signet' },
    });
  });

  it('ends once under 50 parallel ends', async () => {
    const { checkId } = await openFace();

    const ends = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        given.identity.completeInSandbox(APP, { checkId, outcome: i % 2 ? 'passed' : 'un_passed' }),
      ),
    );

    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(given.published.filter(({ event }) => event.type === 'face-finished')).toHaveLength(1);
  });

  it('leaves its evidence with source, result, time and request', async () => {
    const { verificationId, checkId } = await openFace();
    await given.identity.completeInSandbox(APP, { checkId, outcome: 'un_passed', reason: '非本人' });

    expect(await given.evidenceOf({ verificationId })).toMatchObject([
      { kind: 'verification-started' },
      { kind: 'identity-checked', content: { checkId, check: 'face', outcome: 'processing', requestId: checkId } },
      {
        kind: 'identity-check-ended',
        content: { checkId, outcome: 'un_passed', reason: '非本人', source: 'sandbox', simulated: true },
      },
    ]);
  });

  it('cannot be opened without end in one flow', async () => {
    const { verificationId } = await openFace();
    const again = () => given.identity.openFaceCheck(APP, { facts: ZHANG_SAN.facts, verificationId, redirect: null });
    for (let i = 1; i < 20; i++) await again();

    await expect(again()).rejects.toThrow('TOO_MANY_CHECKS');
  });
});

describe('an open payout', () => {
  it('keeps its flow alive for 72 hours, and its end leaves a day for another one', async () => {
    const verificationId = await companyFlow();
    await given.identity.startPayout(APP, { verificationId, ...ACCOUNT });
    const amount = await amountPaid();

    given.clock.advance({ hours: 71 });
    const wrong = amount === '0.50' ? '0.51' : '0.50';
    expect(await given.identity.verifyPayout(APP, { verificationId, amount: wrong })).toMatchObject({
      remainingAttempts: 2,
    });
    given.clock.advance({ hours: 1 });
    await expect(given.identity.verifyPayout(APP, { verificationId, amount })).rejects.toThrow('PAYOUT_ENDED');
    await given.identity.expireOverdue();

    const again = await given.identity.startPayout(APP, { verificationId, ...ACCOUNT });
    given.clock.advance({ hours: 24 });
    expect(
      await given.identity.verifyPayout(APP, { checkId: again.checkId, amount: await amountPaid() }),
    ).toMatchObject({
      outcome: 'passed',
    });
    expect(await report(verificationId)).toMatchObject({ isCompliant: true });
  });

  it('gives exactly three tries under 30 parallel guesses', async () => {
    const verificationId = await companyFlow();
    await given.identity.startPayout(APP, { verificationId, ...ACCOUNT });
    const wrong = (await amountPaid()) === '0.50' ? '0.51' : '0.50';

    const guesses = await Promise.allSettled(
      Array.from({ length: 30 }, () => given.identity.verifyPayout(APP, { verificationId, amount: wrong })),
    );

    const left = guesses.flatMap((guess) => (guess.status === 'fulfilled' ? [guess.value.remainingAttempts] : []));
    expect(left.toSorted()).toEqual([0, 1, 2]);
    expect(given.published.filter(({ event }) => event.type === 'company-verified')).toHaveLength(1);
  });

  it('is only one of 20 parallel ones, and is passed once by 20 right amounts', async () => {
    const verificationId = await companyFlow();
    const starts = await Promise.allSettled(
      Array.from({ length: 20 }, () => given.identity.startPayout(APP, { verificationId, ...ACCOUNT })),
    );
    expect(starts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);

    const amount = await amountPaid();
    const reports = await Promise.allSettled(
      Array.from({ length: 20 }, () => given.identity.verifyPayout(APP, { verificationId, amount })),
    );
    expect(reports.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('forgets amount and account once it has ended, and writes down neither', async () => {
    const verificationId = await companyFlow();
    const { checkId } = await given.identity.startPayout(APP, { verificationId, ...ACCOUNT });
    const { rows: before } = await given.database.db.execute('select * from payouts');
    await given.identity.verifyPayout(APP, { checkId, amount: await amountPaid() });

    const { rows: after } = await given.database.db.execute('select * from payouts');
    expect(before).toMatchObject([{ check_id: checkId, status: 'paid' }]);
    expect(after).toMatchObject([{ check_id: checkId, sealed_order: null }]);
    const evidence = JSON.stringify(await given.evidenceOf({ verificationId }));
    expect(evidence).not.toContain(ACCOUNT.accountNumber);
    expect(evidence).toContain('110*****0001');
    expect(evidence).not.toContain('amountCents');
  });

  it('is not begun where there is no bank', async () => {
    const production = await startIdentity({ payoutBank: createUnconfiguredPayoutBank() });

    const start = production.identity.startPayout(APP, { verificationId: 'OPFN1', ...ACCOUNT });

    await expect(start).rejects.toThrow('IDENTITY_SOURCE_UNAVAILABLE');
    await production.drop();
  });

  it("is not another app's", async () => {
    const verificationId = await companyFlow();
    const { checkId } = await given.identity.startPayout(APP, { verificationId, ...ACCOUNT });

    await expect(given.identity.payoutProgress(OTHER_APP, { checkId })).rejects.toThrow('PAYOUT_NOT_FOUND');
    await expect(given.identity.payoutProgress(OTHER_APP, { verificationId })).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await expect(given.identity.verifyPayout(OTHER_APP, { checkId, amount: '0.10' })).rejects.toThrow(
      'PAYOUT_NOT_FOUND',
    );
  });
});

describe('a letter under review', () => {
  const upload = (verificationId: string) =>
    given.identity.uploadAuthorization(APP, { verificationId, fileCode: 'FC_1', agent: AGENT });

  it('keeps its flow alive while it waits', async () => {
    const verificationId = await companyFlow();
    const { checkId } = await upload(verificationId);
    given.clock.advance({ days: 20 });

    await given.identity.decideAuthorization({ checkId, passed: true, by: 'operator:lin' });

    expect(await report(verificationId)).toMatchObject({ isCompliant: true, status: 'passed' });
    expect(await given.consume(verificationId)).toMatchObject({ kind: 'organization' });
  });

  it('is refused after 30 days without a decision', async () => {
    const verificationId = await companyFlow();
    const { checkId } = await upload(verificationId);
    given.clock.advance({ days: 30 });

    await expect(given.identity.decideAuthorization({ checkId, passed: true, by: 'x' })).rejects.toThrow('CHECK_ENDED');
    await given.identity.expireOverdue();
    expect(await given.identity.authorizationStatus(APP, { checkId })).toMatchObject({ status: 'un_passed' });
  });

  it('is decided once, by one of two reviewers, who is on record', async () => {
    const verificationId = await companyFlow();
    const { checkId } = await upload(verificationId);

    const decisions = await Promise.allSettled(
      ['lin', 'wu'].map((name) =>
        given.identity.decideAuthorization({ checkId, passed: false, by: `operator:${name}` }),
      ),
    );

    expect(decisions.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await given.evidenceOf({ verificationId })).at(-1)).toMatchObject({
      kind: 'identity-check-ended',
      content: {
        check: 'authorization-letter',
        decidedBy: expect.stringMatching(/^operator:(lin|wu)$/),
        reason: '授权书不符合要求',
      },
    });
    expect((await given.identity.listOpenAuthorizations({ pageNumber: 1, pageSize: 10 })).total).toBe(0);
  });

  it('needs a file that exists', async () => {
    const verificationId = await companyFlow();
    const request = { verificationId, fileCode: 'FC_MISSING', agent: AGENT };

    await expect(given.identity.uploadAuthorization(APP, request)).rejects.toThrow('FILE_NOT_FOUND');
  });
});
