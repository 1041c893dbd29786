/** What a party signs with: what it has, what the contract names, what it keeps for next time. */
import { sql } from 'drizzle-orm';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { createCast, signer } from '../signing-page/scene.ts';
import { useBrowser } from './page-scene.ts';

const { scene, visit, visitSigning } = useBrowser();
const PHONE = { screen: 'phone' } as const;

describe('a party without a seal', () => {
  it('is led to draw or type before anything else', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp());
    const contractId = await cast.start([signer('buyer')]);
    await scene.platform.database.db.execute(sql`update seals set status = 'disabled' where app_id = ${cast.app.id}`);
    const { page, picture, findBarriers, complaints } = await visit(await cast.linkOf(contractId, 'buyer'), PHONE);
    await agree(page);
    await page.getByText('先选好签名').waitFor();
    await picture('sign-no-seal');
    expect(await findBarriers()).toEqual([]);

    await page.getByRole('button', { name: '添加签名' }).tap();
    expect(await page.getByRole('radio', { name: '手写签名' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: '姓名签名' }).check();
    await page.getByRole('button', { name: '用这个签名' }).tap();

    await page.getByRole('button', { name: '去签署处' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('that is a company is told whom to ask', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp());
    const contractId = await cast.start([signer('acme')]);
    await scene.platform.database.db.execute(sql`update seals set status = 'disabled' where app_id = ${cast.app.id}`);
    const { page } = await visit(await cast.linkOf(contractId, 'acme'), PHONE);
    await agree(page);

    await page.getByRole('button', { name: '添加签名' }).tap();

    await page.getByText('请联系企业管理员创建印章').waitFor();
  });
});

describe('a contract that names the seal', () => {
  it('offers no other and shows the named one in its place', async () => {
    const { fileCode } = scene;
    const { sealId } = await scene.client.persons.get({ accountId: 'buyer' });
    const signFieldPosition = { positionPage: 1, positionX: 300, positionY: 300 };
    const contractId = await scene.start([
      signer('buyer', { signFields: [{ fileCode, sealId: String(sealId), signFieldPosition }] }),
    ]);
    const { page } = await visitSigning(contractId, 'buyer', PHONE);
    await agree(page);

    await page.getByRole('button', { name: '去签署处' }).tap();

    expect(await page.getByRole('button', { name: '更换', exact: true }).count()).toBe(0);
    await page.getByRole('img', { name: '您的签署处 1' }).locator('img').waitFor();
  });
});

describe('a signature that is kept', () => {
  it('can be chosen the next time', async () => {
    const first = await visitSigning(await scene.start([signer('seller')]), 'seller', PHONE);
    await agree(first.page);
    await first.page.getByRole('button', { name: '更换', exact: true }).tap();
    await first.page.getByRole('radio', { name: '姓名签名' }).check();
    await first.page.getByRole('checkbox', { name: /^保存/ }).check();
    await first.page.getByRole('button', { name: '用这个签名' }).tap();
    await first.page.getByRole('dialog').waitFor({ state: 'detached' });

    const { page, picture } = await visitSigning(await scene.start([signer('seller')]), 'seller', PHONE);
    await agree(page);
    await page.getByRole('button', { name: '更换', exact: true }).tap();

    await expect.poll(() => page.locator('.seal-choice').count()).toBe(2);
    await picture('sign-two-seals');
  });
});

async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
  await page.getByRole('button', { name: '阅读并继续' }).click();
  await page.getByRole('button', { name: '阅读并继续' }).waitFor({ state: 'detached' });
}
