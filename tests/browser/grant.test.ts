/** The grant page in a real browser: what is granted is understood, proved, used and ended. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { askForGrant, grantOnPage } from '../grants/asking.ts';
import { signer } from '../signing-page/scene.ts';
import type { OpenPage } from './browser.ts';
import { useBrowser } from './page-scene.ts';

const { scene, visit } = useBrowser();
const PHONE = { screen: 'phone' } as const;
const DAY_MS = 86_400_000;

const ask = (accountId: string, change: Parameters<typeof askForGrant>[2] = {}) =>
  askForGrant(scene.client, accountId, change);

async function companySeal(): Promise<string> {
  const { sealId } = await scene.client.companies.get({ accountId: 'acme' });
  return String(sealId);
}

async function expectState({ page, findBarriers, picture }: OpenPage, words: string, name: string): Promise<void> {
  await page.getByText(words).first().waitFor();
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => undefined))));
  await picture(`grant-${name}`);
  expect(await findBarriers()).toEqual([]);
}

describe('the owner of a seal', () => {
  it('reads what the grant means, agrees, proves it by a code, and the app signs silently', async () => {
    const { url, authorizeCode } = await ask('buyer');
    const opened = await visit(url, PHONE);
    const { page, picture, complaints } = opened;
    await expectState(opened, '允许「test」自动使用您的印章', 'phone-review');

    await page.getByRole('button', { name: '同意并继续' }).tap();
    await page.getByRole('alert').getByText('请先勾选同意').waitFor();
    await page.getByRole('checkbox', { name: '我已了解并同意授权' }).check();
    await page.getByRole('button', { name: '同意并继续' }).tap();
    await expectState(opened, '验证码已发送至 138****0000', 'phone-code');
    await page.getByRole('button', { name: '填入' }).tap();
    await page.getByRole('button', { name: '确认授权' }).tap();
    await page.getByRole('heading', { name: '已授权「test」自动使用您的印章' }).waitFor();
    await expectState(opened, '授权已生效', 'phone-granted');

    await picture('grant-phone-granted');
    expect(complaints).toEqual([]);
    const { fileCode } = scene;
    const contractId = await scene.start([
      signer('buyer', {
        signFields: [
          { fileCode, authorizeCode, signFieldPosition: { positionPage: 1, positionX: 200, positionY: 200 } },
        ],
      }),
    ]);
    await expect
      .poll(async () => (await scene.client.contracts.get({ contractId })).contractStatus, { timeout: 20_000 })
      .toBe('finished');
  });

  it('ends the grant after being asked once more', async () => {
    const { url, authorizeCode } = await ask('buyer');
    await grantOnPage(url);
    const opened = await visit(url, PHONE);
    const { page, complaints } = opened;
    await page.getByRole('button', { name: '取消授权' }).tap();
    await expectState(opened, '立即不能再用这枚印章自动签署', 'phone-cancel-dialog');
    await page.getByRole('button', { name: '先不取消' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '取消授权' }).tap();

    await page.getByRole('dialog').getByRole('button', { name: '取消授权' }).tap();

    await page.getByRole('heading', { name: '印章授权已取消' }).waitFor();
    await expectState(opened, '不能再用这枚印章自动签署', 'phone-cancelled');
    expect(complaints).toEqual([]);
    expect(await scene.client.seals.cancelGrant({ authorizeCode })).toMatchObject({ authorizeStatus: 'cancelled' });
  });

  it('may say no', async () => {
    const { url } = await ask('buyer');
    const opened = await visit(url, PHONE);
    const { page, complaints } = opened;
    await page.getByRole('button', { name: '不授权' }).tap();

    await page.getByRole('dialog').getByRole('button', { name: '不授权' }).tap();

    await page.getByRole('heading', { name: '您没有授权' }).waitFor();
    await expectState(opened, '您没有授权', 'phone-refused');
    expect(complaints).toEqual([]);
  });

  it('does all of it with a keyboard, on a desktop', async () => {
    const { url } = await ask('acme', { sealId: await companySeal() });
    const opened = await visit(url, { screen: 'desktop' });
    const { page, complaints } = opened;
    await expectState(opened, '企业公章', 'desktop-review');
    const pressTabUntil = async (name: string) => {
      const reached = () =>
        page.evaluate((wanted) => {
          const element = document.activeElement as HTMLInputElement | null;
          return (element?.labels?.[0]?.textContent ?? element?.textContent ?? '') === wanted;
        }, name);
      for (let presses = 0; presses < 20 && !(await reached()); presses++) await page.keyboard.press('Tab');
      expect(await reached()).toBe(true);
    };

    await pressTabUntil('我已了解并同意授权');
    await page.keyboard.press('Space');
    await pressTabUntil('同意并继续');
    await page.keyboard.press('Enter');
    const words = await page.getByText(/^验证码是 \d{6}/).textContent();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.type(/\d{6}/.exec(words ?? '')?.[0] ?? '');
    await page.keyboard.press('Enter');

    await expectState(opened, '授权已生效', 'desktop-granted');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    expect(complaints).toEqual([]);
  });
});

describe('a wrong code', () => {
  it('says how many tries are left', async () => {
    const { url } = await ask('buyer');
    const { page } = await visit(url, PHONE);
    await page.getByRole('checkbox', { name: '我已了解并同意授权' }).check();
    await page.getByRole('button', { name: '同意并继续' }).tap();
    const right = /\d{6}/.exec((await page.getByText(/^验证码是/).textContent()) ?? '')?.[0];

    await page.getByLabel('6 位短信验证码').fill(right === '000000' ? '000001' : '000000');
    await page.getByRole('button', { name: '确认授权' }).tap();

    await page.getByRole('alert').getByText('还可以再试 4 次').waitFor();
  });
});

describe('a grant that has ended', () => {
  it('by time says so', async () => {
    const { url } = await ask('buyer', { endTime: dayFromNow(2), expirationTime: dayFromNow(2) });
    await grantOnPage(url);
    scene.clock.set(new Date(Date.now() + 3 * DAY_MS));

    await expectState(await visit(url, PHONE), '印章授权已到期', 'phone-expired');
  });

  it('because the app took it back says so', async () => {
    const { url, authorizeCode } = await ask('buyer');
    await grantOnPage(url);
    await scene.client.seals.cancelGrant({ authorizeCode });

    await expectState(await visit(url, PHONE), '印章授权已取消', 'phone-cancelled-by-app');
  });
});

describe('a link', () => {
  it('that nobody has given out does not open', async () => {
    await expectState(
      await visit(`${scene.platform.url}/grant/AAAAAAAAAAAAAAAAAAAAAAAA`, PHONE),
      '链接打不开',
      'link-unknown',
    );
  });

  it('of a signing page opens no grant page', async () => {
    const link = await scene.linkOf(await scene.start([signer('buyer')]), 'buyer');

    const { page } = await visit(link.replace('/sign/', '/grant/'), PHONE);

    await page.getByText('链接打不开').waitFor();
  });

  it('whose session is gone heals without a word', async () => {
    const { url } = await ask('buyer');
    const { page } = await visit(url, PHONE);
    await page.getByRole('checkbox', { name: '我已了解并同意授权' }).check();
    await scene.platform.database.db.execute(sql`delete from page_sessions`);

    await page.getByRole('button', { name: '同意并继续' }).tap();

    await page.getByText('验证码已发送至').waitFor();
  });
});

describe('the looks', () => {
  it.each([
    ['dark', { screen: 'phone', dark: true }, '这意味着什么'],
    ['english', { screen: 'phone', language: 'en-US' }, 'What this means'],
    ['dark-desktop', { screen: 'desktop', dark: true }, '这意味着什么'],
  ] as const)('are free of barriers (%s)', async (name, options, words) => {
    const { url } = await ask('acme', { sealId: await companySeal() });

    const opened = await visit(url, options);

    await expectState(opened, words, name);
    expect(opened.complaints).toEqual([]);
  });
});

describe('the way back to the app', () => {
  it('is taken after a grant, with how it ended', async () => {
    const redirectUrl = `${scene.platform.url}/?from=grant`;
    const { url } = await ask('buyer', {
      businessCode: 'GRANT-7',
      redirectConfig: { redirectUrl, redirectDelayTime: 1 },
    });
    const { page } = await visit(url, PHONE);
    await page.getByRole('checkbox', { name: '我已了解并同意授权' }).check();
    await page.getByRole('button', { name: '同意并继续' }).tap();
    await page.getByRole('button', { name: '填入' }).tap();
    await page.getByRole('button', { name: '确认授权' }).tap();

    await page.waitForURL(/from=grant/);

    expect(new URL(page.url()).search).toBe('?from=grant&businessCode=GRANT-7&status=passed');
  });
});

/** As the wire writes times: in Beijing. */
function dayFromNow(days: number): string {
  const inBeijing = new Date(scene.clock.now().getTime() + days * DAY_MS + 8 * 3_600_000);
  return inBeijing.toISOString().slice(0, 19).replace('T', ' ');
}
