/** 实名认证地址: links to pages, and what is known before anybody has opened them. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_COMPANY, type IdentityScene, LI_NA, startIdentityScene, ZHANG_SAN } from './identity-scene.ts';

let scene: IdentityScene;
beforeAll(async () => {
  scene = await startIdentityScene();
});
afterAll(() => scene.close());

const integrationConfig = { clientType: 'h5', redirectConfig: { redirectUrl: 'https://app.example/back' } } as const;

describe('个人实名认证地址', () => {
  it('is a link with a ticket that holds no personal data', async () => {
    const page = await scene.result('/open/psnCert/getUrl', {
      psnAuthConfig: { ...ZHANG_SAN.facts, psnMobile: ZHANG_SAN.psnMobile, psnBankCardNo: ZHANG_SAN.psnBankCardNo },
      pageConfig: {
        psnEditableFields: ['psnMobile'],
        psnDefaultAuthMode: 'mobile',
        psnAvailableAuthModes: ['face', 'mobile', 'bank'],
      },
      ...{ integrationConfig, businessCode: 'page-1' },
    });

    expect(page).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/verify-person\/[\w-]{24}$/),
      flowNo: expect.stringMatching(/^OPFN\d{6}[A-Za-z]{12}$/),
      serviceId: expect.any(String),
      expirationTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    });
    const { rows } = await scene.platform.database.db.execute(sql`select subject, purpose from page_tickets`);
    expect(rows).toContainEqual({
      purpose: 'verify-person',
      subject: { purpose: 'verify-person', pageId: page.serviceId },
    });
    const stored = await scene.platform.database.db.execute(sql`select * from verification_pages`);
    expect(JSON.stringify(stored.rows)).not.toContain('张三');
    expect(await scene.platform.modules.identity.findPage(scene.platform.app, String(page.serviceId))).toMatchObject({
      setup: { person: { editableFields: ['mobile'], defaultMode: 'mobile', modes: ['face', 'mobile', 'bank'] } },
      prefilled: { person: { name: '张三', idNumber: '110101199003078857', mobile: '13800000000' } },
    });
  });

  it('is processing as long as nobody has begun there, and its flow takes no other call', async () => {
    const { verification, persons } = scene.client;
    const { flowNo } = await verification.getPersonPage({
      ...{ psnAuthConfig: ZHANG_SAN.facts, integrationConfig, businessCode: 'page-2' },
    });

    const report = await verification.get({ flowNo });
    expect(report).toMatchObject({
      ...{ flowNo, businessCode: 'page-2', certType: 'psn', verifyStatus: 'processing', compliant: false, items: [] },
      facts: { psnName: '张三', psnIDCardNum: '110***********8857' },
    });
    expect(await verification.get({ businessCode: 'page-2' })).toEqual(report);
    const awaited = { code: 'oc_10519' };
    await expect(persons.create({ accountId: 'x', informPhone: '13800000000', flowNo })).rejects.toMatchObject(awaited);
    await expect(verification.sendSmsCode({ flowNo })).rejects.toMatchObject(awaited);
    await expect(verification.checkPersonNameAndId({ ...ZHANG_SAN.facts, flowNo })).rejects.toMatchObject(awaited);
  });

  it('gives way to a newer flow of the same business code', async () => {
    const { verification } = scene.client;
    await verification.getPersonPage({ integrationConfig, businessCode: 'page-3' });
    const { flowNo } = await verification.checkPersonNameAndId({ ...ZHANG_SAN.facts, businessCode: 'page-3' });

    expect(await verification.get({ businessCode: 'page-3' })).toMatchObject({ flowNo, verifyStatus: 'passed' });
  });

  it('names every wrong choice', async () => {
    const answer = await scene.call('/open/psnCert/getUrl', {
      psnAuthConfig: { psnIDCardNum: '110101199003078850', psnBankCardNo: '6222020200000000015' },
      pageConfig: { psnAvailableAuthModes: ['iris'], psnEditableFields: ['shoeSize'] },
      integrationConfig: { clientType: 'tv' },
    });

    expect(answer.code).toBe('400');
    for (const field of [
      'psnAuthConfig.psnIDCardNum',
      'psnAuthConfig.psnBankCardNo',
      'pageConfig.psnAvailableAuthModes[0]',
      'pageConfig.psnEditableFields[0]',
      'integrationConfig.clientType',
    ]) {
      expect(answer.msg).toContain(field);
    }
  });

  it.each([
    [
      'a default mode that is not available',
      { pageConfig: { psnDefaultAuthMode: 'face', psnAvailableAuthModes: ['bank'] }, integrationConfig },
      'psnDefaultAuthMode',
    ],
    [
      'an end in the past',
      { integrationConfig: { clientType: 'pc', expirationTime: '2020-01-01 00:00:00' } },
      'expirationTime',
    ],
    [
      'an end too far away',
      { integrationConfig: { clientType: 'pc', expirationTime: '2099-01-01' } },
      'expirationTime',
    ],
    [
      'a person born tomorrow',
      { psnAuthConfig: { psnIDCardNum: '110101209901010019' }, integrationConfig },
      'psnIDCardNum',
    ],
    [
      'an address that runs code',
      { integrationConfig: { clientType: 'h5', redirectConfig: { redirectUrl: 'javascript:1' } } },
      'redirectUrl',
    ],
  ])('refuses %s', async (_, input, field) => {
    expect(await scene.call('/open/psnCert/getUrl', input)).toMatchObject({
      code: '400',
      msg: expect.stringContaining(field),
    });
  });

  it('is for an account that exists and is unverified', async () => {
    const { persons } = scene.client;
    await persons.createUnverified({ accountId: 'unverified', informPhone: LI_NA.psnMobile });
    await persons.create({ accountId: 'verified', informPhone: LI_NA.psnMobile, ...LI_NA.facts });
    const ask = (accountId: string) => scene.call('/open/psnCert/getUrl', { accountId, integrationConfig });

    expect(await ask('unverified')).toMatchObject({ code: '200' });
    expect(await ask('verified')).toMatchObject({ code: 'oc_10530' });
    expect(await ask('nobody')).toMatchObject({ code: 'oc_10502' });
  });
});

describe('企业实名认证地址', () => {
  it('is a link to a page for company and agent', async () => {
    const { verification } = scene.client;

    const page = await verification.getCompanyPage({
      corpAuthConfig: { ...EXAMPLE_COMPANY },
      psnAuthConfig: { psnName: '李娜' },
      pageConfig: { corpAvailableAuthModes: ['transfer', 'letter'], corpEditableFields: ['corpName'] },
      ...{ integrationConfig, businessCode: 'corp-page' },
    });

    expect(page.url).toMatch(/\/verify-company\/[\w-]{24}$/);
    expect(await verification.get({ flowNo: page.flowNo })).toMatchObject({
      ...{ certType: 'corp', verifyStatus: 'processing', businessCode: 'corp-page' },
      facts: { corpName: EXAMPLE_COMPANY.corpName, corpIDCardNum: '911***********0006', legalRepName: '张三' },
    });
    expect(await scene.platform.modules.identity.findPage(scene.platform.app, page.serviceId)).toMatchObject({
      setup: { company: { modes: ['transfer', 'letter'], defaultMode: 'transfer', editableFields: ['name'] } },
      prefilled: { person: { name: '李娜' } },
    });
  });

  it('refuses a number that does not fit its type', async () => {
    const corpAuthConfig = { corpIDCardType: 'CRED_ORG_REGCODE', corpIDCardNum: EXAMPLE_COMPANY.corpIDCardNum };

    expect(await scene.call('/open/corpCert/getUrl', { corpAuthConfig, integrationConfig })).toMatchObject({
      msg: '参数错误. corpAuthConfig.corpIDCardNum: 与corpIDCardType不符',
    });
  });
});
