/** A reviewer reads a letter beside what it must say, sends one back and accepts the next. */
import { createSignetClient } from '@signet/sdk';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LI_NA, openPersonPage } from '../verification-pages/verification-scene.ts';
import { button, heading, useConsolePages } from './console-scene.ts';

const COMPANY = { name: '北京示例科技有限公司', creditCode: '91110105MA01D00006', representativeName: '张三' };
const scene = useConsolePages();

/** A company's page up to the uploaded letter. */
async function uploadLetter() {
  const { url: baseUrl, app } = scene.operators.platform;
  const client = createSignetClient({ baseUrl, appKey: app.appKey, appSecret: app.appSecret });
  const { url, flowNo } = await client.verification.getCompanyPage({ integrationConfig: { clientType: 'h5' } });
  const agent = await openPersonPage(url, '/verify-company/agent');
  await agent.consent();
  await agent.facts('mobile', LI_NA);
  await agent.passCode();
  const post = (path: string, body: object) => agent.page.post(`/verify-company${path}`, body);
  await post('/company', { facts: COMPANY });
  await post('/way', { mode: 'letter' });
  const picture = sharp({ create: { width: 900, height: 1200, channels: 3, background: '#eee' } }).jpeg();
  const fileBase64 = (await picture.toBuffer()).toString('base64');
  const upload = () => post('/letter/upload', { fileName: '授权书.jpg', fileBase64 });
  await upload();
  return { client, flowNo, upload };
}

describe('the queue of reviews', { timeout: 90_000 }, () => {
  it('asks why a letter is sent back, and empties when the next one is accepted', async () => {
    const { client, flowNo, upload } = await uploadLetter();
    const { page, findBarriers, picture } = await scene.visit('reviewer', '/reviews');
    await heading(page, '审核').waitFor();
    await button(page, '审阅').waitFor();
    await picture('console-reviews');
    expect(await findBarriers()).toEqual([]);
    await button(page, '审阅').click();
    await page.getByText(COMPANY.creditCode).waitFor();
    await page.getByText(LI_NA.idNumber).waitFor();
    await picture('console-review-letter');
    expect(await findBarriers()).toEqual([]);

    await button(page, '不通过').click();
    await page.getByText('请写明不通过的原因').waitFor();
    await page.getByLabel('说明').fill('未见公章');
    await button(page, '不通过').click();
    await page.getByText('没有待审核的授权书').waitFor();
    expect(await client.verification.getAuthorization({ flowNo })).toMatchObject({ auditRemark: '未见公章' });

    await upload();
    await button(page, '刷新').click();
    await button(page, '审阅').click();
    await button(page, '通过').click();
    await page.getByText('没有待审核的授权书').waitFor();
    expect(await client.verification.get({ flowNo })).toMatchObject({ compliant: true });
  });
});

describe('the list of payouts', { timeout: 90_000 }, () => {
  /** The ending of the account says how the sandbox bank behaves. */
  async function payout(ending: string) {
    const { url: baseUrl, app } = scene.operators.platform;
    const { verification } = createSignetClient({ baseUrl, appKey: app.appKey, appSecret: app.appSecret });
    const { flowNo } = await verification.checkCompanyRecord({
      ...{ corpName: COMPANY.name, corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: COMPANY.creditCode },
      legalRepName: COMPANY.representativeName,
    });
    const bank = { bankName: '中国银行', bankBranchCode: '104100000018' };
    await verification.startPayout({ flowNo, ...bank, bankAccountNo: `11000000${ending}` });
    return { flowNo, verification };
  }

  it('lets a reviewer ask the bank again and end what hangs, with a reason', async () => {
    await payout('9901');
    const { flowNo, verification } = await payout('9904');
    const { page, findBarriers, picture } = await scene.visit('reviewer', '/reviews');
    await page.getByRole('tab', { name: '打款' }).click();
    await page.getByText('户名不符').waitFor();
    await picture('console-payouts');
    expect(await findBarriers()).toEqual([]);

    await button(page, '进行中').click();
    await page.getByText('户名不符').waitFor({ state: 'detached' });
    await button(page, '查看').click();
    await page.getByText('110*****9904').waitFor();
    await picture('console-payout');
    expect(await findBarriers()).toEqual([]);
    await button(page, '再问一次银行').click();
    await page.getByText('银行的回答没有变化').waitFor();
    await button(page, '结束这笔打款').click();
    await button(page, '确认结束').click();
    await page.getByText('必填').first().waitFor();
    await picture('console-payout-end');
    expect(await findBarriers()).toEqual([]);
    await page.getByRole('textbox', { name: '原因' }).fill('银行流水显示已退回');
    await button(page, '确认结束').click();

    await page.getByText('没有符合条件的记录').waitFor();
    expect(await verification.getPayout({ flowNo })).toMatchObject({ failReason: '银行流水显示已退回' });
  });

  it('shows an auditor masked companies and nothing to press, on a phone in English too', async () => {
    await payout('0001');
    const options = { screen: 'phone', language: 'en-US', dark: true } as const;
    const { page, findBarriers, picture } = await scene.visit('auditor', '/reviews', options);
    await page.getByText('北京******公司').first().waitFor();
    await picture('console-payouts-auditor');
    expect(await findBarriers()).toEqual([]);
    await button(page, 'Look').first().click();
    await page.getByText('The money').waitFor();

    expect(await button(page, 'End this payout').count()).toBe(0);
    expect(await button(page, 'Ask the bank again').count()).toBe(0);
  });
});
