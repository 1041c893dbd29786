/** Every state of the signing page besides the plain way through it: each says what is, what it means, and what to do. */
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage } from '../signing-page/page.ts';
import { createCast, signer } from '../signing-page/scene.ts';
import type { OpenPage } from './browser.ts';
import { documentShown, useBrowser } from './page-scene.ts';

const { scene, visit, visitSigning } = useBrowser();
const PHONE = { screen: 'phone' } as const;
const DAY_MS = 86_400_000;

/** The words are there, nobody is shut out, and the browser is content with all but the refusals it was meant to get. */
async function expectState({ page, findBarriers, picture }: OpenPage, words: string, name: string): Promise<void> {
  await page.getByText(words).first().waitFor();
  await picture(`sign-state-${name}`);
  expect(await findBarriers()).toEqual([]);
}

describe('a contract that has ended', () => {
  it('was taken back: the page says so, why, and that nothing is to be done', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const link = await scene.linkOf(contractId, 'buyer');
    await scene.client.contracts.revoke({ contractId, reason: '条款有误，重新拟定' });

    const opened = await visit(link, PHONE);

    await expectState(opened, '合同已撤回', 'withdrawn');
    await opened.page.getByText('条款有误，重新拟定').waitFor();
    expect(await opened.page.getByRole('button', { name: '下载合同' }).count()).toBe(0);
  });

  it('was declined by another party: no reason of that party is blamed on this one', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    await (await scene.open(contractId, 'seller')).post('/sign/decline', { reason: '金额有误' });

    const opened = await visitSigning(contractId, 'buyer', PHONE);

    await expectState(opened, '有签署方拒签', 'declined-by-other');
  });

  it('has expired: the page says whom to ask', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const link = await scene.linkOf(contractId, 'buyer');
    scene.clock.set(new Date(Date.now() + 91 * DAY_MS));

    await expectState(await visit(link, PHONE), '合同已过期', 'expired');
  });

  it('was signed: who comes back finds the result, the file and the document', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    await (await scene.open(contractId, 'buyer')).sign();
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    await expectState(opened, '还有 1 方未签', 'signed-waiting');

    const [download] = await Promise.all([
      opened.page.waitForEvent('download'),
      opened.page.getByRole('button', { name: '下载合同' }).tap(),
    ]);
    expect(download.suggestedFilename()).toBe('房屋租赁合同.pdf');
    await opened.page.getByRole('button', { name: '查看合同' }).tap();
    await documentShown(opened.page);
    await opened.picture('sign-state-signed-reading');
    await opened.page.getByRole('button', { name: '返回结果' }).tap();

    await opened.page.getByRole('heading', { name: '您已签署' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });
});

describe('a party that refuses', () => {
  it('must say why, is told what it means, and has ended the contract', async () => {
    const contractId = await scene.start([signer('buyer'), signer('seller')]);
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    const { page, picture, findBarriers, complaints } = opened;
    await page.getByRole('button', { name: '拒签' }).tap();
    await page.getByRole('button', { name: '确认拒签' }).tap();
    await page.getByText('请写明理由').waitFor();
    expect(await page.getByLabel('拒签理由').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: '金额有误' }).tap();
    await page.getByLabel('拒签理由').fill('金额有误：应为 6800 元');
    await picture('sign-state-decline-dialog');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('button', { name: '确认拒签' }).tap();

    await expectState(opened, '您已拒签', 'declined');
    await page.getByText('金额有误：应为 6800 元').waitFor();
    expect(complaints).toEqual([]);
    expect(await scene.client.contracts.getParty({ contractId, accountId: 'buyer' })).toMatchObject({
      ...{ signStatus: 'rejected', refuseReason: '金额有误：应为 6800 元' },
    });
  });

  it.each(['consent', 'place', 'intent'] as const)('can do so in step %s', async (step) => {
    const contractId = await scene.start([signer('buyer')]);
    const party = await scene.open(contractId, 'buyer');
    if (step === 'place') await party.done('/sign/consent', { version: '2026-11' });
    if (step === 'intent') await party.untilIntent();

    const { page } = await visitSigning(contractId, 'buyer', PHONE);

    const refuse = page.getByRole('button', { name: '拒签' });
    await refuse.waitFor();
    expect(await refuse.evaluate((button) => button.classList.contains('button-primary'))).toBe(false);
  });
});

describe('a party whose turn has not come', () => {
  it('waits, and the page goes on by itself when it has', async () => {
    const contractId = await scene.start([signer('seller', { seqNo: 1 }), signer('buyer', { seqNo: 2 })]);
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    await documentShown(opened.page);
    await expectState(opened, '正在等待：林知遥', 'waiting');

    await (await scene.open(contractId, 'seller')).sign();

    await opened.page.getByRole('button', { name: '阅读并继续' }).waitFor({ timeout: 15_000 });
    expect(opened.complaints).toEqual([]);
  });

  it('sees nothing when the initiator hides the documents', async () => {
    const contractId = await scene.start([signer('seller', { seqNo: 1 }), signer('buyer', { seqNo: 2 })], {
      signFlowConfig: { hideUntilTurn: true },
    });

    const opened = await visitSigning(contractId, 'buyer', PHONE);

    await expectState(opened, '轮到您时，这里会显示合同内容', 'waiting-hidden');
    expect(await opened.page.locator('.page-box').count()).toBe(0);
  });
});

describe('an app that wants parties checked first', () => {
  it('shows the document after a code', async () => {
    const app = await scene.platform.createApp({ checkBeforeReading: true });
    const cast = await createCast(scene.platform, app);
    const contractId = await cast.start([signer('buyer')]);
    const opened = await visit(await cast.linkOf(contractId, 'buyer'), PHONE);
    const { page, complaints, picture } = opened;
    await expectState(opened, '先确认是您本人', 'identify');
    await page.getByRole('button', { name: '获取验证码' }).tap();
    await page.getByRole('button', { name: '填入' }).tap();
    await picture('sign-state-identify-code');

    await page.getByRole('button', { name: '验证并查看合同' }).tap();

    await documentShown(page);
    expect(complaints).toEqual([]);
  });
});

describe('a company', () => {
  it('shows who acts for it, offers its seals and no pen, and signs by the code of its agent', async () => {
    const contractId = await scene.start([signer('acme')]);
    const opened = await visitSigning(contractId, 'acme', { screen: 'desktop' });
    const { page, complaints, picture, findBarriers } = opened;
    await documentShown(page);
    await expectState(opened, '沈岱青 代表「北京示例科技有限公司」签署', 'company');
    await agree(page);
    await page.getByRole('button', { name: '更换', exact: true }).click();
    await page.locator('.seal-choice img').first().waitFor();
    await picture('sign-state-company-seals');
    expect(await findBarriers()).toEqual([]);
    expect(await page.getByRole('radio', { name: '手写签名' }).count()).toBe(0);
    await page.getByRole('button', { name: '用这个签署' }).click();
    await page.getByRole('button', { name: '去签署处' }).click();
    await page.getByRole('button', { name: '确认签署' }).click();
    await page.getByText('验证码已发送至 190****0120').waitFor();

    await page.getByRole('button', { name: '填入' }).click();
    await page.getByRole('button', { name: '确认签署' }).click();

    await page.getByRole('heading', { name: '您已签署' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('a code', () => {
  it('that is wrong says how many tries are left and leaves the field ready', async () => {
    const contractId = await scene.start([signer('buyer')]);
    await (await scene.open(contractId, 'buyer')).untilIntent();
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    const { page, picture, findBarriers } = opened;
    await page.getByRole('button', { name: '获取验证码' }).tap();
    const right = /\d{6}/.exec((await page.getByText(/^验证码是/).textContent()) ?? '')?.[0] ?? '';
    const wrong = right === '000000' ? '000001' : '000000';
    const field = page.getByLabel('6 位短信验证码');

    await field.fill(wrong);
    await page.getByRole('button', { name: '确认签署' }).tap();
    await page.getByRole('alert').getByText('还可以再试 4 次').waitFor();
    await picture('sign-state-wrong-code');
    expect(await findBarriers()).toEqual([]);
    expect(await field.inputValue()).toBe('');
    for (let tries = 0; tries < 4; tries++) {
      await field.fill(wrong);
      await page.getByRole('button', { name: '确认签署' }).tap();
      await expect.poll(() => field.inputValue()).toBe('');
    }

    await page.getByText('请重新获取验证码').waitFor();
    await page.getByRole('button', { name: '获取验证码' }).waitFor();
  });

  it('may be pasted with spaces', async () => {
    const contractId = await scene.start([signer('buyer')]);
    await (await scene.open(contractId, 'buyer')).untilIntent();
    const { page } = await visitSigning(contractId, 'buyer', { screen: 'desktop' });
    const field = page.getByLabel('6 位短信验证码');

    await field.evaluate((element) => {
      element.focus();
      document.execCommand('insertText', false, '123 456');
    });

    expect(await field.inputValue()).toBe('123456');
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
  });

  it('that was right before the page was loaded again leads to the last step', async () => {
    const contractId = await scene.start([signer('buyer')]);
    await (await scene.open(contractId, 'buyer')).untilIntent();
    const passedAt = scene.clock.now().toISOString();
    await scene.platform.database.db.execute(
      sql`update ceremonies set intent_passed_at = ${passedAt} where contract_id = ${contractId}`,
    );
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    await expectState(opened, '只差最后一步', 'confirm');

    await opened.page.getByRole('button', { name: '完成签署' }).tap();

    await opened.page.getByRole('heading', { name: '您已签署' }).waitFor();
    expect(opened.complaints).toEqual([]);
  });
});

describe('a link', () => {
  it('that nobody has given out does not open, and no button pretends otherwise', async () => {
    const opened = await visit(`${scene.platform.url}/sign/AAAAAAAAAAAAAAAAAAAAAAAA`, PHONE);

    await expectState(opened, '链接打不开', 'link-unknown');
    expect(await opened.page.getByRole('button').count()).toBe(0);
    await opened.page.getByText(/^日志号 \S+/).waitFor();
  });

  it('that was revoked says so', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const link = await scene.linkOf(contractId, 'buyer');
    const { database, modules } = scene.platform;
    const subject = { purpose: 'sign', contractId, accountId: 'buyer' } as const;
    await database.transaction((tx) => modules.tickets.revoke(tx, scene.app.id, subject));

    await expectState(await visit(link, PHONE), '链接已失效', 'link-revoked');
  });

  it('that expires while the page is open says so at the next step', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { signUrl } = await scene.client.contracts.getSignUrl({
      ...{ contractId, accountId: 'buyer' },
      expirationTime: String(scene.clock.now().getTime() + 60_000),
    });
    const opened = await visit(signUrl, PHONE);
    await documentShown(opened.page);
    scene.clock.set(new Date(Date.now() + 120_000));

    await opened.page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
    await opened.page.getByRole('button', { name: '阅读并继续' }).tap();

    await expectState(opened, '链接已过期', 'link-expired');
  });
});

describe('trouble', () => {
  it('without a network says so and goes on when it is back', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    const { page, context } = opened;
    await documentShown(page);
    await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
    await context.setOffline(true);
    await page.getByRole('button', { name: '阅读并继续' }).tap();
    await expectState(opened, '网络已断开', 'offline');

    await context.setOffline(false);
    await page.getByRole('button', { name: '重试' }).tap();

    await page.getByRole('button', { name: '去签署处' }).waitFor();
  });

  it('of the server shows a number to read out and lets one try again', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const opened = await visitSigning(contractId, 'buyer', PHONE);
    const { page } = opened;
    await documentShown(page);
    await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
    await whileBroken(async () => {
      await page.getByRole('button', { name: '阅读并继续' }).tap();
      await expectState(opened, '系统暂时无法处理', 'fault');
      await page.getByText(/^日志号 \S+/).waitFor();
    });

    await page.getByRole('button', { name: '重试' }).tap();

    await page.getByRole('button', { name: '去签署处' }).waitFor();
  });

  it('on the way to the page itself ends with a button that works', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const link = await scene.linkOf(contractId, 'buyer');
    const opened = await whileBroken(async () => {
      const found = await visit(link, PHONE);
      await expectState(found, '系统暂时无法处理', 'fault-at-first');
      return found;
    });

    await opened.page.getByRole('button', { name: '重试' }).tap();

    await documentShown(opened.page);
  });

  it('of a session that has run out is healed without a word', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page } = await visitSigning(contractId, 'buyer', PHONE);
    await documentShown(page);
    await scene.platform.database.db.execute(sql`delete from page_sessions`);

    await agree(page);

    await page.getByRole('button', { name: '去签署处' }).waitFor();
  });

  it('in another tab, where the party has just signed, shows that', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const link = await scene.linkOf(contractId, 'buyer');
    const { page } = await visit(link, PHONE);
    await agree(page);
    await page.getByRole('button', { name: '去签署处' }).tap();
    const other = await openPage(link);
    await other.done('/sign/intent', { code: await other.codeFor('intent') });

    await page.getByRole('button', { name: '确认签署' }).tap();

    await page.getByRole('heading', { name: '您已签署' }).waitFor();
  });
});

/** A table of the server is away meanwhile. */
async function whileBroken<Result>(work: () => Promise<Result>): Promise<Result> {
  const { db } = scene.platform.database;
  await db.execute(sql`alter table ceremonies rename to ceremonies_away`);
  try {
    return await work();
  } finally {
    await db.execute(sql`alter table ceremonies_away rename to ceremonies`);
  }
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
  await page.getByRole('button', { name: '阅读并继续' }).click();
  await page.getByRole('button', { name: /^去签署处/ }).waitFor();
}
