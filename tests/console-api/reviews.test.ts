/** A reviewer reads the letters of all apps and decides them, once. */
import type { LetterReview, Page } from '@signet/protocol/console-api';
import { createSignetClient } from '@signet/sdk';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { LI_NA, openPersonPage } from '../verification-pages/verification-scene.ts';
import { type ConsoleBrowser, type ConsoleScene, startConsole } from './console-client.ts';

const COMPANY = { name: '北京示例科技有限公司', creditCode: '91110105MA01D00006', representativeName: '张三' };

let scene: ConsoleScene;
let reviewer: ConsoleBrowser;
beforeAll(async () => {
  scene = await startConsole({ clock: systemClock });
  reviewer = (await scene.member('reviewer', 'rita')).browser;
});
afterAll(() => scene.platform.close());

/** A company's page up to the uploaded letter. */
async function uploadLetter() {
  const { url: baseUrl, app } = scene.platform;
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
  await post('/letter/upload', { fileName: '授权书.jpg', fileBase64 });
  return { client, flowNo };
}

const newest = async () => {
  const { body } = await reviewer.get<Page<LetterReview>>('/reviews/letters');
  return body.list.at(-1) as LetterReview;
};

describe('the queue of letters', () => {
  it('shows what a letter must say and its file, and takes one decision', async () => {
    const { client, flowNo } = await uploadLetter();

    const letter = await newest();
    const file = await reviewer.get(`/reviews/letters/${letter.checkId}/file`);
    const decide = () => reviewer.post(`/reviews/letters/${letter.checkId}/decision`, { status: 'passed' });
    const first = await decide();
    const second = await decide();

    expect(letter).toMatchObject({
      ...{ verificationId: flowNo, appId: scene.platform.app.id, appName: 'test' },
      company: { name: COMPANY.name, idNumber: COMPANY.creditCode, representativeName: '张三' },
      agent: { name: LI_NA.name, idNumber: LI_NA.idNumber },
    });
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.text.startsWith('%PDF-')).toBe(true);
    expect(first).toMatchObject({ status: 200, body: { checkId: letter.checkId, status: 'passed' } });
    expect(second).toMatchObject({ status: 409, body: { error: 'CHECK_ENDED' } });
    expect(await client.verification.get({ flowNo })).toMatchObject({ compliant: true });
    expect((await reviewer.get<Page<LetterReview>>('/reviews/letters')).body.total).toBe(0);
    const { body: audit } = await scene.owner.get<Page<{ action: string }>>('/audit', { pageSize: '10' });
    expect(audit.list.map(({ action }) => action)).toEqual(expect.arrayContaining(['letter-viewed', 'letter-decided']));
  });

  it('asks why a letter is refused, and tells the app', async () => {
    const { client, flowNo } = await uploadLetter();
    const { checkId } = await newest();

    const bare = await reviewer.post(`/reviews/letters/${checkId}/decision`, { status: 'un_passed' });
    await reviewer.post(`/reviews/letters/${checkId}/decision`, { status: 'un_passed', remark: '未见公章' });

    expect(bare.status).toBe(400);
    expect(await client.verification.getAuthorization({ flowNo })).toMatchObject({
      ...{ auditStatus: 'un_passed', auditRemark: '未见公章' },
    });
  });
});
