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
