import { openApi } from '@signet/protocol/open-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../modules/apps/index.ts';
import {
  EXAMPLE_COMPANY,
  startUsers,
  type UsersFixture,
  ZHANG_SAN,
} from '../../../modules/users/testing/users-fixture.ts';
import { callRoutes } from '../testing/call-route.ts';
import { userRoutes } from './users.ts';

const EXAMPLE = {
  accountId: '540100195512100894',
  flowNo: 'OPFN103125CFgAsPxjAEGT',
  psnName: '潜治文',
  psnIDCardType: 'CRED_PSN_CH_IDCARD',
  psnIDCardNum: '430100201510111541',
  informPhone: '16049793435',
};
const COMPANY = {
  corpName: EXAMPLE_COMPANY.name,
  corpIDCardType: 'CRED_ORG_USCC',
  corpIDCardNum: EXAMPLE_COMPANY.idNumber,
  legalRepName: ZHANG_SAN.name,
  legalRepIDCardType: 'CRED_PSN_CH_IDCARD',
  legalRepIDCardNum: ZHANG_SAN.idNumber,
};

let fixture: UsersFixture;
let app: App;
let call: ReturnType<typeof callRoutes>;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true });
  call = callRoutes(userRoutes(fixture));
});
afterAll(() => fixture.drop());

describe('users on the wire', () => {
  it('answers the documented example with its account and its seal', async () => {
    const created = await call(openApi.createPerson, app, { ...EXAMPLE, flowNo: null });

    expect(created).toEqual({ sealId: expect.stringMatching(/^\d{9,}$/), accountId: EXAMPLE.accountId });
  });

  it('takes numbers and empty texts as the documentation allows', async () => {
    const created = await call(openApi.createPerson, app, {
      ...{ ...EXAMPLE, accountId: 1120, informPhone: 16049793435, flowNo: '' },
    });

    expect(created.accountId).toBe('1120');
  });

  it('masks id number and phone unless the app has plain identity', async () => {
    await call(openApi.createPerson, app, { ...EXAMPLE, accountId: 'masked', flowNo: undefined });

    const masked = await call(openApi.getPerson, app, { accountId: 'masked' });
    const plain = await call(openApi.getPerson, { ...app, plainIdentity: true }, { accountId: 'masked' });

    expect(masked).toEqual({
      ...{ accountId: 'masked', psnName: '潜治文', psnIDCardType: 'CRED_PSN_CH_IDCARD' },
      ...{ psnIDCardNum: '430***********1541', informPhone: '160****3435', flowNo: null, psnFaceUrl: null },
      ...{ createTime: '2026-11-24 10:00:00', certifiedTime: '2026-11-24 10:00:00' },
      psnId: expect.stringMatching(/^\d{19}$/),
      sealId: expect.stringMatching(/^\d{9,}$/),
    });
    expect(plain).toEqual({ ...masked, psnIDCardNum: EXAMPLE.psnIDCardNum, informPhone: EXAMPLE.informPhone });
  });

  it('names every missing fact by its wire name', async () => {
    const person = call(openApi.createPerson, app, { accountId: 'bare', informPhone: '13800000000' });
    await expect(person).rejects.toMatchObject({
      code: '400',
      msg: expect.stringMatching(/^参数错误\. psnName: .*; psnIDCardType: .*; psnIDCardNum: /),
    });

    const { legalRepName: _, ...rest } = COMPANY;
    const company = call(openApi.createCompany, app, { accountId: 'bare', informPhone: '13800000000', ...rest });
    await expect(company).rejects.toMatchObject({
      code: '400',
      msg: expect.stringMatching(/^参数错误\. legalRepName: /),
    });
  });

  it('names facts that differ from the flow by their wire names', async () => {
    const flowNo = await fixture.personFlow(app, ZHANG_SAN);

    const creation = call(openApi.createPerson, app, { ...EXAMPLE, accountId: 'differs', flowNo });

    await expect(creation).rejects.toMatchObject({ code: '400', msg: expect.stringContaining('psnIDCardNum: ') });
  });

  it('says that a character of the seal was missing', async () => {
    const request = { ...EXAMPLE, accountId: 'rare', psnName: '赵\u{3134A}', flowNo: undefined };

    const created = await call(openApi.createPerson, app, request);

    expect(created.sealNotice).toContain('编码');
  });

  it('answers a company with its agent, its number in clear', async () => {
    await call(openApi.createPerson, app, { ...EXAMPLE, accountId: 'agent', flowNo: undefined });
    const request = { accountId: 'corp', informPhone: '13800000000', agentAccountId: 'agent', ...COMPANY };
    await call(openApi.createCompany, app, request);

    const byAccount = await call(openApi.getCompany, app, { accountId: 'corp' });
    const byNumber = await call(openApi.getCompany, app, { corpIDCardNum: COMPANY.corpIDCardNum });

    expect(byNumber).toEqual(byAccount);
    expect(byAccount).toMatchObject({
      ...{ accountId: 'corp', agentAccountId: 'agent', corpName: COMPANY.corpName, legalRepName: '张三' },
      ...{ corpIDCardNum: COMPANY.corpIDCardNum, informPhone: '138****0000', flowNo: null },
    });
  });

  it('lets an unverified user become a verified one', async () => {
    const accountId = 'temp';
    await call(openApi.createUnverifiedPerson, app, { accountId, informPhone: '13800000000' });
    const before = await call(openApi.getPerson, app, { accountId });
    const flowNo = await fixture.personFlow(app, ZHANG_SAN);

    await call(openApi.modifyPerson, app, { accountId, flowNo });

    expect(before).toMatchObject({ psnId: null, psnName: null, psnIDCardNum: null, sealId: null, certifiedTime: null });
    expect(await call(openApi.getPerson, app, { accountId })).toMatchObject({ psnName: '张三', flowNo });
  });

  it('refuses a modification that would change nothing', async () => {
    const modification = call(openApi.modifyPerson, app, { accountId: 'temp', phone: '13800000000' });

    await expect(modification).rejects.toThrow('informPhone与flowNo至少填一项');
  });
});
