import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CERTIFY_ACCOUNT_TASK } from './announcing.ts';
import { type IdentityFixture, LI_NA, startIdentity, WU_QIANG, ZHANG_SAN } from './testing/identity-fixture.ts';

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

const told = () => given.published.map(({ event }) => event);

describe('what an app is told of a flow', () => {
  it('is that it has become compliant, once, with its business code', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN, { businessCode: 'B-1' });
    expect(told()).toEqual([]);
    await given.identity.sendSmsCode({ id: 'app-1', smsLimits: false }, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);
    const { checkId } = await given.identity.verifySmsCode({ id: 'app-1', smsLimits: false }, { verificationId, code });
    await given.carrier(ZHANG_SAN, { verificationId });

    const data = { verificationId, checkId, outcome: 'passed', compliant: true, accountId: null };
    expect(given.published).toEqual([
      {
        ...{ appId: 'app-1', subject: `verification:${verificationId}`, businessCode: 'B-1' },
        event: { type: 'person-verified', data },
      },
    ]);
  });

  it('is each check that has failed, as long as it is not compliant', async () => {
    const { checkId } = await given.carrier(WU_QIANG);
    const verificationId = await given.certify(LI_NA);
    await given.carrier(LI_NA, { verificationId, mobile: '13900000000' });

    expect(told()).toMatchObject([
      { type: 'person-verified', data: { checkId, outcome: 'un_passed', compliant: false } },
      { type: 'person-verified', data: { verificationId, outcome: 'passed', compliant: true } },
    ]);
  });

  it('waits for the account that the flow is to verify', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    await given.database.db.execute(sql`update verifications set account_id = 'temp' where id = ${verificationId}`);
    await given.identity.sendSmsCode({ id: 'app-1', smsLimits: false }, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);
    await given.identity.verifySmsCode({ id: 'app-1', smsLimits: false }, { verificationId, code });

    expect(told()).toEqual([]);
    const { rows } = await given.database.db.execute(
      sql`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = ${CERTIFY_ACCOUNT_TASK}`,
    );
    expect(rows).toEqual([{ payload: { appId: 'app-1', accountId: 'temp', verificationId } }]);
  });
});
