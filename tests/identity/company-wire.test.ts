/** 企业认证项 by raw HTTP and through the SDK. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCall } from '../wire/raw-client.ts';
import {
  EXAMPLE_COMPANY,
  HE_JING,
  type IdentityScene,
  LI_NA,
  startIdentityScene,
  ZHANG_SAN,
} from './identity-scene.ts';

const LETTER = readFileSync(join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf'));
const BANK = { bankName: '中国银行', bankBranchCode: '104100000018' };
const ACCOUNT = { ...BANK, bankAccountNo: '110000000001' };
const LI_NA_AS_AGENT = { psnName: LI_NA.facts.psnName, psnIDCardNum: LI_NA.facts.psnIDCardNum };

let scene: IdentityScene;
beforeAll(async () => {
  scene = await startIdentityScene();
});
afterAll(() => scene.close());

/** As the agent reads it in the bank's message. */
async function amountPaid(phone = LI_NA.psnMobile): Promise<string> {
  const [, amount = ''] = /打款认证款(\d+\.\d\d)元/.exec((await scene.newestText(phone))?.text ?? '') ?? [];
  return amount;
}

const otherThan = (amount: string): string => (amount === '0.11' ? '0.12' : '0.11');

describe('企业三要素 and 四要素', () => {
  const representative = { legalRepIDCardType: 'CRED_PSN_CH_IDCARD', legalRepIDCardNum: '110101199003078857' };

  it.each([
    ['/open/corpCert/3element', EXAMPLE_COMPANY, 'passed'],
    ['/open/corpCert/3element', { ...EXAMPLE_COMPANY, corpName: '北京别家科技有限公司' }, 'un_passed'],
    ['/open/corpCert/4element', { ...EXAMPLE_COMPANY, ...representative }, 'passed'],
    [
      '/open/corpCert/4element',
      { ...EXAMPLE_COMPANY, ...representative, legalRepIDCardNum: '310101198804120026' },
      'un_passed',
    ],
  ])('%s answers %j with %s', async (path, input, verifyStatus) => {
    expect(await scene.result(path, input)).toEqual({
      ...{ verifyStatus, serviceId: expect.any(String) },
      flowNo: expect.stringMatching(/^OPFN\d{6}[A-Za-z]{12}$/),
    });
  });

  it('may be asked through the SDK by a representative who is the agent', async () => {
    const { verification } = scene.client;
    const flowNo = await scene.certify(ZHANG_SAN);

    const checked = await verification.checkCompanyRepresentative({
      ...{ ...EXAMPLE_COMPANY, flowNo, legalRepIDCardType: 'CRED_PSN_CH_IDCARD' },
      legalRepIDCardNum: ZHANG_SAN.facts.psnIDCardNum,
    });

    expect(checked.verifyStatus).toBe('passed');
    expect(await verification.get({ flowNo: checked.flowNo })).toMatchObject({ compliant: true, agentFlowNo: flowNo });
  });

  it('makes a compliant flow when the agent is the legal representative, and tells the app', async () => {
    const agentFlow = await scene.certify(ZHANG_SAN);
    const { flowNo } = await scene.client.verification.checkCompanyRecord({
      ...{ ...EXAMPLE_COMPANY, flowNo: agentFlow, businessCode: 'corp-told' },
    });

    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({
      ...{ businessCode: 'corp-told', verifyStatus: 'passed', compliant: true, accountId: null },
    });
    expect((await scene.get('/open/cert/get', { flowNo })).result).toMatchObject({
      ...{ certType: 'corp', compliant: true, agentFlowNo: agentFlow },
      facts: { corpName: EXAMPLE_COMPANY.corpName, corpIDCardNum: '911***********0006' },
    });
  });
});

describe('打款认证', () => {
  it('is passed by the amount that the company reads in its account', async () => {
    const flowNo = await scene.companyOfAgent(LI_NA, { businessCode: 'paid' });

    const started = await scene.result('/open/corpCert/transfer', { flowNo, ...ACCOUNT });
    expect(started).toEqual({ flowNo, serviceId: expect.any(String), transferStatus: 'paid' });
    expect(await scene.result('/open/corpCert/transferProgress', { flowNo })).toEqual({ ...started, failReason: null });
    const amount = await amountPaid();
    expect(Number(amount)).toBeGreaterThanOrEqual(0.01);
    expect(Number(amount)).toBeLessThanOrEqual(0.99);

    const wrong = await scene.result('/open/corpCert/transferVerify', { flowNo, amount: otherThan(amount) });
    expect(wrong).toMatchObject({ verifyStatus: 'un_passed', remainingAttempts: 2 });
    const { serviceId } = started;
    const right = await scene.result('/open/corpCert/transferVerify', { serviceId, amount });

    expect(right).toEqual({ verifyStatus: 'passed', flowNo, serviceId, remainingAttempts: 1 });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({
      ...{ serviceId, verifyStatus: 'passed', compliant: true, businessCode: 'paid' },
    });
    await scene.client.companies.create({ accountId: 'paid-corp', informPhone: LI_NA.psnMobile, flowNo });
    const again = await scene.call('/open/corpCert/transferVerify', { serviceId, amount });
    expect(again).toMatchObject({ code: 'oc_10523' });
  });

  it('is lost by the third wrong amount', async () => {
    const { verification } = scene.client;
    const flowNo = await scene.companyOfAgent();
    const { serviceId } = await verification.startPayout({ flowNo, ...ACCOUNT });
    const amount = otherThan(await amountPaid());

    for (const remainingAttempts of [2, 1, 0]) {
      expect(await verification.verifyPayout({ serviceId, amount })).toMatchObject({
        verifyStatus: 'un_passed',
        remainingAttempts,
      });
    }

    await expect(verification.verifyPayout({ serviceId, amount })).rejects.toMatchObject({ code: 'oc_10523' });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({
      serviceId,
      verifyStatus: 'un_passed',
      compliant: false,
    });
  });

  it.each([
    ['9901', 'failed', '户名不符'],
    ['9902', 'failed', '账户不存在'],
    ['9903', 'returned', '收款行退汇'],
  ])('to an account that ends in %s is %s: %s', async (ending, transferStatus, failReason) => {
    const flowNo = await scene.companyOfAgent();
    const account = { ...BANK, bankAccountNo: `11000000${ending}` };
    const { serviceId } = await scene.result('/open/corpCert/transfer', { flowNo, ...account });

    expect((await scene.get('/open/corpCert/transferProgress', { flowNo })).result).toEqual({
      ...{ flowNo, serviceId, transferStatus, failReason },
    });
    expect(await scene.call('/open/corpCert/transferVerify', { flowNo, amount: '0.10' })).toMatchObject({
      code: 'oc_10523',
    });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({
      serviceId,
      verifyStatus: 'un_passed',
    });
    await expect(scene.result('/open/corpCert/transfer', { flowNo, ...ACCOUNT })).resolves.toMatchObject({
      transferStatus: 'paid',
    });
  });

  it('waits for a bank that takes its time, and ends by the test helper', async () => {
    const { verification, sandbox } = scene.client;
    const flowNo = await scene.companyOfAgent();
    const account = { ...BANK, bankAccountNo: '110000009904' };
    const { serviceId, transferStatus } = await verification.startPayout({ flowNo, ...account });

    expect(transferStatus).toBe('pending');
    expect(await verification.getPayout({ flowNo })).toEqual({ flowNo, serviceId, transferStatus, failReason: null });
    await expect(verification.verifyPayout({ flowNo, amount: '0.10' })).rejects.toMatchObject({ code: 'oc_10522' });
    await expect(verification.startPayout({ flowNo, ...account })).rejects.toMatchObject({ code: 'oc_10521' });
    await sandbox.complete({ serviceId, verifyStatus: 'passed' });
    expect(await verification.get({ flowNo })).toMatchObject({
      compliant: true,
      items: [{}, { item: 'transfer', verifyStatus: 'passed' }],
    });
  });

  it('needs a company whose facts have been proven', async () => {
    const { flowNo } = await scene.client.verification.checkCompanyRecord({ ...EXAMPLE_COMPANY, corpName: '别家' });

    expect(await scene.call('/open/corpCert/transfer', { flowNo, ...ACCOUNT })).toMatchObject({ code: 'oc_10520' });
  });

  it('never shows its amount in an answer, a callback or in the clear in the database', async () => {
    const flowNo = await scene.companyOfAgent();
    const started = await rawCall(scene.app, { path: '/open/corpCert/transfer', json: { flowNo, ...ACCOUNT } });
    const amount = await amountPaid();
    const progress = await rawCall(scene.app, { path: '/open/corpCert/transferProgress', json: { flowNo } });
    const report = await rawCall(scene.app, { path: '/open/cert/get', query: { flowNo } });
    const { rows } = await scene.platform.database.db.execute(
      sql`select content from evidence_entries where subject = ${`verification:${flowNo}`}`,
    );

    const cents = String(Math.round(Number(amount) * 100));
    const shown = [started.text, progress.text, report.text, ...rows.map((row) => String(row.content))].join('\n');
    expect(shown).not.toContain(amount);
    expect(shown).not.toMatch(new RegExp(`amount[^,]*\\b${cents}\\b`, 'i'));
    expect(shown).not.toContain(ACCOUNT.bankAccountNo);
  });
});

describe('an agent who comes after the company', () => {
  const upload = '/open/corpCert/authorization/upload';
  const letter = async () => (await scene.client.files.upload({ file: LETTER, fileName: '授权书.pdf' })).fileCode;

  it('is bound by the letter that names them, and the flow is compliant with its approval', async () => {
    const { flowNo } = await scene.result('/open/corpCert/3element', EXAMPLE_COMPANY);
    const agentFlowNo = await scene.certify(LI_NA);
    const { serviceId } = await scene.result(upload, { flowNo, fileCode: await letter(), ...LI_NA_AS_AGENT });

    expect((await scene.get('/open/cert/get', { flowNo: String(flowNo) })).result).toMatchObject({ agentFlowNo });
    await scene.client.sandbox.complete({ serviceId: String(serviceId), verifyStatus: 'passed' });
    expect(await scene.callback(String(flowNo), 'OPEN_CORP_CERT_RESULT')).toMatchObject({ compliant: true, serviceId });
  });

  it('is bound when they are verified, where the letter was approved before', async () => {
    const { flowNo } = await scene.client.verification.checkCompanyRecord(EXAMPLE_COMPANY);
    const { psnName, psnIDCardNum } = HE_JING.facts;
    const agent = { psnName, psnIDCardNum };
    const { serviceId } = await scene.client.verification.uploadAuthorization({ flowNo, file: LETTER, ...agent });
    await scene.client.sandbox.complete({ serviceId, verifyStatus: 'passed' });
    const before = await scene.client.verification.get({ flowNo });
    const agentFlowNo = await scene.certify(HE_JING);

    expect(before).toMatchObject({ compliant: false, agentFlowNo: null });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({ compliant: true, serviceId });
    expect(await scene.client.verification.get({ flowNo })).toMatchObject({ compliant: true, agentFlowNo });
  });

  it('is bound by agentFlowNo, with a payout or with the facts', async () => {
    const { flowNo } = await scene.result('/open/corpCert/3element', EXAMPLE_COMPANY);
    const agentFlowNo = await scene.certify(LI_NA);
    const { serviceId } = await scene.result('/open/corpCert/transfer', { flowNo, agentFlowNo, ...ACCOUNT });
    const amount = await amountPaid();
    await scene.result('/open/corpCert/transferVerify', { serviceId, amount });
    const { flowNo: own } = await scene.client.verification.checkCompanyRecord(EXAMPLE_COMPANY);
    const representative = await scene.certify(ZHANG_SAN);
    const asRepresentative = { ...EXAMPLE_COMPANY, flowNo: own, agentFlowNo: representative };
    await scene.client.verification.checkCompanyRecord(asRepresentative);

    expect((await scene.get('/open/cert/get', { flowNo: String(flowNo) })).result).toMatchObject({
      compliant: true,
      agentFlowNo,
    });
    expect(await scene.client.verification.get({ flowNo: own })).toMatchObject({
      compliant: true,
      agentFlowNo: representative,
    });
  });

  it('must be verified, of this app, and the only one', async () => {
    const { flowNo } = await scene.client.verification.checkCompanyRecord(EXAMPLE_COMPANY);
    const { flowNo: unverified } = await scene.client.verification.checkPersonNameAndId(LI_NA.facts);
    const ask = (agentFlowNo: string) => scene.call('/open/corpCert/transfer', { flowNo, agentFlowNo, ...ACCOUNT });

    expect(await ask(unverified)).toMatchObject({ code: 'oc_10041', msg: expect.stringContaining('经办人') });
    expect(await ask('OPFN000000AAAAAAAAAAAA')).toMatchObject({ code: 'oc_10503' });
    expect(await ask(flowNo)).toMatchObject({ code: 'oc_10508' });
    await scene.result('/open/corpCert/3element', {
      ...EXAMPLE_COMPANY,
      flowNo,
      agentFlowNo: await scene.certify(LI_NA),
    });
    expect(await ask(await scene.certify(ZHANG_SAN))).toMatchObject({ code: 'oc_10507' });
  });
});

describe('打款银行', () => {
  it('are listed by keyword, province and city, by GET and POST', async () => {
    const wanted = { keyword: '招商银行', province: '浙江', city: '杭州' };
    const list = [
      { bankName: '招商银行', bankCode: 'CMB', bankBranchName: '招商银行杭州西湖支行', bankBranchCode: '308331000018' },
    ];

    expect((await scene.get('/open/corpCert/banks', wanted)).result).toEqual({ list, total: 1 });
    expect(await scene.client.verification.listBanks(wanted)).toEqual({ list, total: 1 });
    expect(await scene.result('/open/corpCert/banks', { keyword: '3083', pageSize: 2, pageNum: 2 })).toMatchObject({
      total: 1,
      list: [],
    });
  });
});

describe('企业经办人授权书', () => {
  async function letter(businessCode: string) {
    const flowNo = await scene.companyOfAgent(LI_NA, { businessCode });
    const { fileCode } = await scene.client.files.upload({ file: LETTER, fileName: '授权书.pdf' });
    const uploaded = await scene.result('/open/corpCert/authorization/upload', { flowNo, fileCode, ...LI_NA_AS_AGENT });
    return { flowNo, fileCode, serviceId: String(uploaded.serviceId), uploaded };
  }

  it('is under review until somebody decides, who may approve it', async () => {
    const { flowNo, serviceId, uploaded } = await letter('letter-1');

    expect(uploaded).toEqual({ flowNo, serviceId, auditStatus: 'auditing' });
    const open = { flowNo, serviceId, auditStatus: 'auditing', auditRemark: null };
    expect((await scene.get('/open/corpCert/authorization/query', { flowNo })).result).toEqual(open);
    await scene.platform.modules.identity.decideAuthorization({
      checkId: serviceId,
      passed: true,
      by: 'operator:root',
    });

    expect(await scene.result('/open/corpCert/authorization/query', { serviceId })).toMatchObject({
      auditStatus: 'passed',
    });
    expect(await scene.callback(flowNo, 'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT')).toMatchObject({
      ...{ serviceId, auditStatus: 'passed', auditRemark: null, businessCode: 'letter-1' },
    });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({ serviceId, compliant: true });
  });

  it('may be refused with a remark, and another one uploaded as multipart', async () => {
    const { verification, sandbox } = scene.client;
    const { flowNo, serviceId } = await letter('letter-2');
    await expect(verification.uploadAuthorization({ flowNo, file: LETTER, ...LI_NA_AS_AGENT })).rejects.toMatchObject({
      code: 'oc_10525',
    });

    await sandbox.complete({ serviceId, verifyStatus: 'un_passed', reason: '公章不清晰' });

    expect(await verification.getAuthorization({ flowNo })).toEqual({
      flowNo,
      serviceId,
      auditStatus: 'un_passed',
      auditRemark: '公章不清晰',
    });
    expect(await scene.callback(flowNo, 'OPEN_CORP_AUTHORIZATION_AUDIT_RESULT')).toMatchObject({
      auditStatus: 'un_passed',
      auditRemark: '公章不清晰',
    });
    expect(await scene.callback(flowNo, 'OPEN_CORP_CERT_RESULT')).toMatchObject({
      verifyStatus: 'un_passed',
      compliant: false,
    });
    const second = await verification.uploadAuthorization({
      flowNo,
      file: LETTER,
      fileName: '授权书.pdf',
      ...LI_NA_AS_AGENT,
    });
    expect(second).toMatchObject({ auditStatus: 'auditing' });
  });

  it('is refused for somebody else than the bound agent, and without a file', async () => {
    const flowNo = await scene.companyOfAgent();
    const { fileCode } = await scene.client.files.upload({ file: LETTER, fileName: '授权书.pdf' });
    const path = '/open/corpCert/authorization/upload';
    const { psnName, psnIDCardNum } = ZHANG_SAN.facts;

    expect(await scene.call(path, { flowNo, fileCode, psnName, psnIDCardNum })).toMatchObject({ code: 'oc_10507' });
    expect(await scene.call(path, { flowNo, ...LI_NA_AS_AGENT })).toMatchObject({
      code: '400',
      msg: expect.stringContaining('fileCode'),
    });
    expect(await scene.call(path, { flowNo, fileCode: 'FC_MISSING', ...LI_NA_AS_AGENT })).toMatchObject({
      code: 'oc_30501',
    });
  });

  it('waits in the queue of the reviewers with what it must say', async () => {
    const { serviceId, fileCode } = await letter('letter-3');

    const { list } = await scene.platform.modules.identity.listOpenAuthorizations({ pageNumber: 1, pageSize: 100 });

    expect(list.find(({ checkId }) => checkId === serviceId)).toMatchObject({
      ...{ fileCode, agent: { name: '李娜', idNumber: '310101198804120026' } },
      company: { name: EXAMPLE_COMPANY.corpName, idNumber: EXAMPLE_COMPANY.corpIDCardNum },
    });
  });
});
