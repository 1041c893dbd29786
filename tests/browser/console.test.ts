/** The first day of an operator, by mouse and keyboard. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { totpAt } from '../console-api/console-client.ts';
import { signer } from '../signing-page/scene.ts';
import { button, choose, heading, useConsolePages } from './console-scene.ts';

const PASSWORD = 'a fairly long sentence';

const scene = useConsolePages();
const consoleUrl = (path = '') => `${scene.operators.platform.url}/console${path}`;
async function logIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByLabel('账号', { exact: true }).fill(name);
  await page.getByLabel('密码', { exact: true }).fill(password);
  await button(page, '登录').click();
}

/** Whether the count stands still. */
async function settled(page: Page, count: () => number): Promise<boolean> {
  const before = count();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  return count() === before;
}

describe('logging in', () => {
  it('with a temporary password leads nowhere but to a new one', async () => {
    const { operators } = scene;
    const made = await operators.owner.done<{ temporaryPassword: string }>('/operators', {
      name: 'newcomer',
      role: 'operator',
    });
    const { page } = await scene.arrive(consoleUrl('/contracts'));

    await logIn(page, 'newcomer', made.temporaryPassword);
    await heading(page, '设置自己的密码').waitFor();
    await page.getByLabel('当前密码').fill(made.temporaryPassword);
    await page.getByLabel('新密码', { exact: true }).fill(PASSWORD);
    await page.getByLabel('再次输入密码').fill(PASSWORD);
    await button(page, '更换密码').click();

    await heading(page, '合同').waitFor();
  });

  it('says what was wrong with a log key, and for how long an account is locked', async () => {
    const { name } = await scene.operators.member('developer');
    const { page } = await scene.arrive(consoleUrl());

    for (const attempt of [1, 2, 3, 4, 5]) {
      await logIn(page, name, `wrong password ${attempt}`);
      await page.getByText('日志号').waitFor();
      await page.reload();
    }
    await logIn(page, name, 'wrong password 6');

    await page.getByText(/请在 \d+ 秒后再试/).waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('日志号');
  });

  it('asks for the code of an authenticator that was enrolled by QR code', async () => {
    const { name, password } = await scene.operators.member('developer');
    const { page } = await scene.arrive(consoleUrl());
    await logIn(page, name, password);

    await button(page, `账号菜单 ${name}`).click();
    await page.getByRole('menuitem', { name: '两步验证' }).click();
    await page.getByLabel('当前密码').fill(password);
    await button(page, '下一步').click();
    await page.getByRole('img', { name: '供身份验证器应用扫描的二维码' }).waitFor();
    const secret = (await page.getByRole('dialog').locator('code').textContent()) ?? '';
    await page.getByLabel('动态验证码').fill(totpAt(secret, new Date()));
    await button(page, '开启').click();
    await page.getByText('两步验证已开启').waitFor();

    await button(page, `账号菜单 ${name}`).click();
    await page.getByRole('menuitem', { name: '退出登录' }).click();
    await logIn(page, name, password);
    // The code of the enrollment has been used up.
    await page.getByLabel('动态验证码').fill(totpAt(secret, new Date(), 1));
    await button(page, '验证').click();
    await heading(page, '应用').waitFor();
  });

  it('returns to the page that a session ended on', async () => {
    const { name, password } = await scene.operators.member('operator');
    const { page, context } = await scene.arrive(consoleUrl('/contracts?status=completed'));
    await logIn(page, name, password);
    await heading(page, '合同').waitFor();

    await context.clearCookies();
    await button(page, '刷新').click();
    await logIn(page, name, password);

    await heading(page, '合同').waitFor();
    expect(page.url()).toBe(consoleUrl('/contracts?status=completed'));
  });
});

describe('a contract', () => {
  let contractId: string;
  beforeAll(async () => {
    const { cast } = scene;
    contractId = await cast.start([signer('buyer'), signer('seller')], {
      contractName: '房屋租赁合同',
      businessCode: 'LEASE-1',
    });
    await cast.client.sandbox.sign({ contractId, accountId: 'buyer' });
    await cast.client.sandbox.sign({ contractId, accountId: 'seller' });
    await scene.inbox.find(({ json }) => json.contractId === contractId && json.contractStatus === 'finished');
  });

  it('is found by its business code and shown with parties, evidence and document', async () => {
    const { page } = await scene.visit('reviewer', '/contracts');
    await page.getByLabel('名称、合同 ID 或业务编号').fill('LEASE-1');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=LEASE-1/);
    await page.getByRole('link', { name: '房屋租赁合同' }).click();
    await heading(page, '房屋租赁合同').waitFor();

    await page.getByText('哈希链完整').waitFor();
    await page.getByText('合同发起，文件与签署位置固定').waitFor();
    expect(await page.getByText('数字签名完成，加盖时间戳').count()).toBe(2);
    expect(await page.getByRole('table', { name: '签署方' }).textContent()).toMatch(/张三[\s\S]*林知遥/);
    await button(page, /^查看“/)
      .first()
      .click();
    await page.locator('.page-box[data-page="1"] canvas').waitFor();
  });

  it('comes to the disk as the signed file', async () => {
    const { page } = await scene.visit('auditor', `/contracts/${contractId}`);
    const downloading = page.waitForEvent('download');
    await page
      .getByRole('link', { name: /^下载“/ })
      .first()
      .click();

    const bytes = await (await (await downloading).createReadStream()).toArray();
    expect(
      Buffer.concat(bytes)
        .toString('latin1')
        .match(/\/ByteRange/g)?.length,
    ).toBeGreaterThanOrEqual(2);
  });

  it('is withdrawn with a reason', async () => {
    const open = await scene.cast.start([signer('buyer')], { contractName: '作废的合同' });
    const { page } = await scene.visit('operator', `/contracts/${open}`);
    await button(page, '撤回合同').click();
    await page.getByLabel('原因').fill('条款有误');
    await page.getByRole('dialog').getByRole('button', { name: '撤回合同' }).click();

    await page.getByText('合同被撤回').waitFor();
    await page.getByText('条款有误').first().waitFor();
    expect(await button(page, '撤回合同').count()).toBe(0);
  });
});

describe('a signature that failed', () => {
  it('is seen, and made when an operator asks for it', async () => {
    const { cast, operators } = scene;
    const contractId = await cast.start([signer('seller')], { contractName: '待修复的合同' });
    const files = join(operators.platform.dataFolder, 'files');
    await rename(files, `${files}-away`);
    await expect(cast.client.sandbox.sign({ contractId, accountId: 'seller' })).rejects.toThrow();
    await rename(`${files}-away`, files);
    const { page } = await scene.visit('operator', '/contracts');

    await button(page, '待修复').click();
    await page.getByRole('link', { name: '待修复的合同' }).click();
    await button(page, '立即重试盖章').click();

    await page.getByText('盖章已完成').waitFor();
    await page.getByText('各方签署完毕，合同完成').waitFor();
    expect(await button(page, '立即重试盖章').count()).toBe(0);
  });
});

describe('callbacks', () => {
  it('are opened with every try, and sent again one by one', async () => {
    const { inbox, cast } = scene;
    const contractId = await cast.start([signer('buyer')], { contractName: '重发的合同' });
    await cast.client.sandbox.sign({ contractId, accountId: 'buyer' });
    await inbox.find(({ json }) => json.contractId === contractId && json.contractStatus === 'finished');
    const { page } = await scene.visit('developer', `/callbacks?contractId=${contractId}`);
    await button(page, '合同状态变更').click();
    await page.getByText('webhook-signature').waitFor();
    const before = inbox.received.filter(({ json }) => json.contractId === contractId).length;

    await page.getByRole('dialog').getByRole('button', { name: '重发' }).click();

    await expect
      .poll(() => inbox.received.filter(({ json }) => json.contractId === contractId).length, { timeout: 10_000 })
      .toBe(before + 1);
    await expect.poll(() => page.getByText('HTTP 200').count(), { timeout: 10_000 }).toBe(2);
    expect(new URL(page.url()).searchParams.get('contractId')).toBe(contractId);
  });

  it('of a period are sent again from a dialog that keeps the result', async () => {
    const { page } = await scene.visit('operator', '/callbacks');
    await button(page, '按时间段重发').click();
    const dialog = page.getByRole('dialog');
    await choose(dialog.getByRole('combobox', { name: '应用' }), '门店签约');
    await dialog.getByText('已送达').click();
    await dialog.getByRole('button', { name: '重发' }).click();

    await dialog.getByText(/已重新排入发送：\d+ 条|没有符合条件的事件/).waitFor();
  });

  it('keep their filter in the address and under a name', async () => {
    const { page } = await scene.visit('operator', '/callbacks');
    await button(page, '死信').click();
    await page.waitForURL(/status=dead/);
    await choose(page.getByRole('combobox', { name: '事件' }), '签署方签署结果');
    await page.waitForURL(/type=OPEN_CONTRACT_SIGNED/);
    await button(page, '保存筛选').click();
    await page.getByLabel('筛选名称').fill('签署死信');
    await page.keyboard.press('Enter');
    await button(page, '全部').click();
    await page.waitForURL((url) => url.search === '');
    await button(page, '签署死信').click();

    await page.waitForURL(/status=dead&type=OPEN_CONTRACT_SIGNED/);
  });
});

describe('the sandbox', () => {
  it('lists the people and what they do, and shows a code as soon as it was sent', async () => {
    const { page } = await scene.visit('developer', '/sandbox');
    await page.getByText('手机号的实名信息与本人不一致').waitFor();
    await page.getByRole('tab', { name: '短信' }).click();
    await choose(page.getByRole('combobox', { name: '应用' }), '门店签约');
    await scene.cast.client.sms.sendCode({ phone: '13800000001' });

    await page.locator('.sms-code').first().waitFor();
  });
});

describe('a page that nobody is at', () => {
  it('stops refreshing, so that its session can end, and goes on with the next touch', async () => {
    const { page } = await scene.visit('developer', '/apps');
    await page.clock.install();
    await page.goto(consoleUrl(`/sandbox?tab=messages&appId=${scene.cast.app.id}`));
    await page.getByText('每 3 秒自动刷新').waitFor();
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/sandbox/messages')) asked++;
    });
    const refreshed = async () => {
      await page.clock.runFor(4_000);
      return asked > 0;
    };

    await expect.poll(refreshed).toBe(true);
    await page.clock.runFor(5 * 60_000);
    await page.getByText('自动刷新已暂停').waitFor();
    // What was asked for just before may still be reported.
    await expect.poll(() => settled(page, () => asked)).toBe(true);
    asked = 0;
    await page.clock.runFor(60_000);
    expect(asked).toBe(0);
    await page.mouse.move(300, 300);
    await expect.poll(refreshed).toBe(true);
  });
});

describe('a network that is gone', () => {
  it('is said in words, with a way to try again', async () => {
    const { page, context, complaints } = await scene.visit('operator', '/contracts');
    await heading(page, '合同').waitFor();
    await page.waitForLoadState('networkidle');
    await context.setOffline(true);
    await button(page, '待修复').click();
    await page.getByText('连不上服务器').waitFor({ timeout: 20_000 });
    await context.setOffline(false);
    await button(page, '重试').click();

    await page.getByText('没有符合条件的记录').waitFor();
    complaints.splice(0);
  });
});

describe('the audit log', () => {
  it('tells who looked at a contract', async () => {
    const contractId = await scene.cast.start([signer('buyer')], { contractName: '被查看的合同' });
    const { page } = await scene.visit('auditor', `/contracts/${contractId}`);
    await heading(page, '被查看的合同').waitFor();
    await page.getByRole('link', { name: '审计日志' }).click();
    await button(page, '查看合同').click();

    const row = page.getByRole('row', { name: new RegExp(contractId) });
    await row.getByText(/^auditor-/).waitFor();
  });
});
