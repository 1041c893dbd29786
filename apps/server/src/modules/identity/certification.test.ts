import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { APP, type IdentityFixture, LI_NA, OTHER_APP, startIdentity, ZHANG_SAN } from './testing/identity-fixture.ts';

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

describe('a certified flow', () => {
  it('gives its facts with the proven mobile', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    const certified = { kind: 'person', ...ZHANG_SAN.facts, mobile: ZHANG_SAN.mobile, verificationId };

    expect(await given.identity.peek(given.database.db, { appId: APP.id, verificationId })).toEqual(certified);
    expect(await given.consume(verificationId)).toEqual(certified);
  });

  it('is used up by exactly one of 100 parallel calls', async () => {
    const verificationId = await given.certify(ZHANG_SAN);

    const settled = await Promise.allSettled(Array.from({ length: 100 }, () => given.consume(verificationId)));

    const errors = settled.flatMap((call) => (call.status === 'rejected' ? [call.reason.error] : []));
    expect(errors).toEqual(Array.from({ length: 99 }, () => 'FLOW_USED'));
    const uses = (await given.evidenceOf({ verificationId })).filter(({ kind }) => kind === 'verification-used');
    expect(uses).toMatchObject([{ content: { userId: 'user-1' } }]);
  });

  it('is not used up by a transaction that is rolled back', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    const work = given.database.transaction(async (tx) => {
      await given.identity.consume(tx, { appId: APP.id, verificationId, userId: 'user-1' });
      throw new Error('second thoughts');
    });

    await expect(work).rejects.toThrow('second thoughts');
    expect(await given.consume(verificationId)).toMatchObject({ kind: 'person' });
  });

  it('takes no further checks once it is used up', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    await given.consume(verificationId);

    await expect(given.carrier(ZHANG_SAN, { verificationId })).rejects.toThrow('FLOW_USED');
    await expect(given.identity.sendSmsCode(APP, verificationId)).rejects.toThrow('FLOW_USED');
    expect(await given.identity.getVerification(APP, { verificationId })).toMatchObject({ isCompliant: true });
  });
});

describe('a flow that certifies nobody', () => {
  it('says which refusal it is', async () => {
    const { verificationId: open } = await given.carrier(LI_NA);
    const certified = await given.certify(ZHANG_SAN);

    await expect(given.consume('OPFN103125CFgAsPxjAEGT')).rejects.toThrow('FLOW_NOT_FOUND');
    await expect(given.consume(certified, OTHER_APP)).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await expect(given.consume(open)).rejects.toThrow('FLOW_NOT_COMPLIANT');
    given.clock.advance({ hours: 24, ms: 1 });
    await expect(given.consume(certified)).rejects.toThrow('FLOW_EXPIRED');
    await expect(given.identity.peek(given.database.db, { appId: APP.id, verificationId: certified })).rejects.toThrow(
      'FLOW_EXPIRED',
    );
  });
});
