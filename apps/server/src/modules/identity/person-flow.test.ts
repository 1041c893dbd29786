import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  APP,
  FENG_LEI,
  type IdentityFixture,
  LI_NA,
  OTHER_APP,
  startIdentity,
  WU_QIANG,
  ZHANG_SAN,
} from './testing/identity-fixture.ts';

let given: IdentityFixture;

beforeEach(async () => {
  given = await startIdentity();
});

afterEach(() => given.drop());

describe('a personal flow', () => {
  it('becomes compliant by carrier check and SMS code', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN, { businessCode: 'B-1' });
    const sent = await given.identity.sendSmsCode(APP, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);
    given.clock.advance({ seconds: 30 });
    const judged = await given.identity.verifySmsCode(APP, { verificationId, code, checkId: sent.checkId });

    expect(sent.expireSeconds).toBe(300);
    expect(judged).toMatchObject({ outcome: 'passed', remainingAttempts: 4 });
    const report = await given.identity.getVerification(APP, { businessCode: 'B-1' });
    expect(report).toMatchObject({ isCompliant: true, status: 'passed', mobile: ZHANG_SAN.mobile });
    expect(report.verification).toMatchObject({ id: verificationId, certifiedAt: given.clock.now() });
    expect(report.checks.map(({ kind }) => kind)).toEqual(['carrier', 'sms-sent', 'sms-verified']);
    expect(report.checks.map(({ id }) => id)).toContain(sent.checkId);
  });

  it('leaves an entry of evidence for every step, without personal data in clear', async () => {
    const verificationId = await given.certify(ZHANG_SAN);
    const entries = await given.evidenceOf({ verificationId });

    expect(entries.map(({ kind }) => kind)).toEqual([
      ...['verification-started', 'identity-checked', 'identity-checked', 'identity-checked', 'verification-compliant'],
    ]);
    expect(entries[1]?.content).toMatchObject({
      check: 'carrier',
      outcome: 'passed',
      source: 'sandbox',
      mobile: '138****0000',
    });
    expect(JSON.stringify(entries)).not.toMatch(/张三|110101199003078857|13800000000/);
  });

  it('keeps no name, number or mobile in clear in the database', async () => {
    await given.certify(ZHANG_SAN);
    const { rows } = await given.database.db.execute(sql`
      select v::text, encode(v.facts, 'escape'), c::text, encode(c.mobile, 'escape')
      from verifications v join identity_checks c on c.verification_id = v.id`);

    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toMatch(/张三|110101199003078857|13800000000/);
  });

  it('answers a mismatch as a successful check', async () => {
    const differing = await given.identity.checkNameAndId(APP, { facts: { ...ZHANG_SAN.facts, name: '张四' } });

    expect(differing).toMatchObject({ outcome: 'un_passed' });
    expect(await given.identity.getVerification(APP, differing)).toMatchObject({
      status: 'un_passed',
      isCompliant: false,
    });
  });

  it('is continued with another mobile after a mismatch', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN, { mobile: LI_NA.mobile });
    await expect(given.identity.sendSmsCode(APP, verificationId)).rejects.toThrow('FLOW_WITHOUT_MOBILE');

    expect(await given.carrier(ZHANG_SAN, { verificationId })).toMatchObject({ verificationId, outcome: 'passed' });
    await given.identity.sendSmsCode(APP, verificationId);
    expect(await given.newestCode(ZHANG_SAN.mobile)).toMatch(/^\d{6}$/);
  });

  it('is continued by the same id number in lower case', async () => {
    const facts = { name: '周小燕', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '51010719790218004X' };
    const { verificationId } = await given.identity.checkNameAndId(APP, { facts });
    const again = { ...facts, idNumber: facts.idNumber.toLowerCase() };

    expect(await given.identity.checkNameAndId(APP, { facts: again, verificationId })).toMatchObject({
      outcome: 'passed',
    });
  });

  it('is not continued with other facts, and the refusal leaves nothing behind', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);

    await expect(given.carrier(LI_NA, { verificationId })).rejects.toMatchObject({
      error: 'FLOW_FACTS_DIFFER',
      msg: expect.stringContaining('姓名、证件号'),
    });
    expect((await given.identity.getVerification(APP, { verificationId })).checks).toHaveLength(1);
  });

  it('does not exist for other numbers, apps and kinds', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    const { facts, mobile } = ZHANG_SAN;

    await expect(given.carrier(ZHANG_SAN, { verificationId: 'OPFN000000nowhere' })).rejects.toThrow('FLOW_NOT_FOUND');
    await expect(given.identity.checkCarrier(OTHER_APP, { facts, mobile, verificationId })).rejects.toThrow(
      'FLOW_OF_ANOTHER_APP',
    );
    await expect(given.identity.sendSmsCode(OTHER_APP, verificationId)).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await expect(given.identity.getVerification(OTHER_APP, { verificationId })).rejects.toThrow('FLOW_OF_ANOTHER_APP');
    await expect(given.identity.getVerification(OTHER_APP, { businessCode: 'B' })).rejects.toThrow('FLOW_NOT_FOUND');
  });

  it('expires 24 hours after its last progress; failing is no progress', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    given.clock.advance({ hours: 23 });
    await given.identity.sendSmsCode(APP, verificationId);
    given.clock.advance({ hours: 23 });
    await given.carrier(ZHANG_SAN, { verificationId, mobile: LI_NA.mobile });
    given.clock.advance({ hours: 1, ms: 1 });

    await expect(given.identity.sendSmsCode(APP, verificationId)).rejects.toThrow('FLOW_EXPIRED');
    await expect(given.carrier(ZHANG_SAN, { verificationId })).rejects.toThrow('FLOW_EXPIRED');
    expect(await given.identity.getVerification(APP, { verificationId })).toMatchObject({ isCompliant: false });
  });

  it('leaves nothing behind when the source is down', async () => {
    await expect(given.carrier(FENG_LEI, { businessCode: 'B-2' })).rejects.toThrow('IDENTITY_SOURCE_UNAVAILABLE');
    await expect(given.identity.getVerification(APP, { businessCode: 'B-2' })).rejects.toThrow('FLOW_NOT_FOUND');
  });

  it('is found by its business code, the newest first', async () => {
    await given.carrier(ZHANG_SAN, { businessCode: 'B-3' });
    given.clock.advance({ seconds: 1 });
    const newer = await given.carrier(WU_QIANG, { businessCode: 'B-3' });

    expect((await given.identity.getVerification(APP, { businessCode: 'B-3' })).verification.id).toBe(
      newer.verificationId,
    );
  });

  it('records parallel checks without losing one', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    await Promise.all(Array.from({ length: 20 }, () => given.carrier(ZHANG_SAN, { verificationId })));

    expect((await given.identity.getVerification(APP, { verificationId })).checks).toHaveLength(21);
  });
});

describe('the SMS code of a flow', () => {
  it('costs a try when it is wrong, and five are all', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    await given.identity.sendSmsCode(APP, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);
    const wrong = () => given.identity.verifySmsCode(APP, { verificationId, code: 'abc' });

    const judged = await Promise.all([wrong(), wrong(), wrong(), wrong(), wrong()]);

    expect(judged.map(({ remainingAttempts }) => remainingAttempts).sort()).toEqual([0, 1, 2, 3, 4]);
    expect(judged.every(({ outcome }) => outcome === 'un_passed')).toBe(true);
    await expect(given.identity.verifySmsCode(APP, { verificationId, code })).rejects.toThrow('SMS_CODE_EXHAUSTED');
    expect(await given.evidenceOf({ verificationId })).toHaveLength(8);
  });

  it('makes the flow compliant exactly once under 20 parallel right guesses', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    await given.identity.sendSmsCode(APP, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);

    const guesses = Array.from({ length: 20 }, () => given.identity.verifySmsCode(APP, { verificationId, code }));
    const settled = await Promise.allSettled(guesses);

    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const kinds = (await given.evidenceOf({ verificationId })).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'verification-compliant')).toHaveLength(1);
  });

  it('is refused by an error of its own when none was sent or it has expired', async () => {
    const { verificationId } = await given.carrier(ZHANG_SAN);
    const guess = { verificationId, code: '123456' };

    await expect(given.identity.verifySmsCode(APP, guess)).rejects.toThrow('SMS_CODE_NOT_SENT');
    await given.identity.sendSmsCode(APP, verificationId);
    given.clock.advance({ minutes: 5 });
    await expect(given.identity.verifySmsCode(APP, guess)).rejects.toThrow('SMS_CODE_EXPIRED');
  });

  it('accepts the service id of any item of the flow, and of no other', async () => {
    const checked = await given.carrier(ZHANG_SAN);
    const { verificationId } = checked;
    await given.identity.sendSmsCode(APP, verificationId);
    const code = await given.newestCode(ZHANG_SAN.mobile);

    await expect(given.identity.verifySmsCode(APP, { verificationId, code, checkId: '1' })).rejects.toMatchObject({
      error: 'BAD_PARAMETER',
      msg: expect.stringContaining('serviceId'),
    });
    const judged = await given.identity.verifySmsCode(APP, { verificationId, code, checkId: checked.checkId });
    expect(judged.outcome).toBe('passed');
  });

  it('honours the sending limits of the app', async () => {
    const limited = { ...APP, smsLimits: true };
    const { verificationId } = await given.carrier(ZHANG_SAN);
    await given.identity.sendSmsCode(limited, verificationId);

    await expect(given.identity.sendSmsCode(limited, verificationId)).rejects.toThrow('SMS_TOO_SOON');
    expect((await given.identity.getVerification(APP, { verificationId })).checks).toHaveLength(2);
  });
});
