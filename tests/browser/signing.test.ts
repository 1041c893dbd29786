/** Whole signings in a real browser, by touch and by keyboard, to a file that others call signed. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { judgeByPdfsig } from '../journeys/outside-judges.ts';
import { downloadAll } from '../journeys/people.ts';
import { BUYER, type Cast, signer } from '../signing-page/scene.ts';
import { swipe, touch } from './gestures.ts';
import { documentShown, useBrowser } from './page-scene.ts';

const { scene, visitSigning } = useBrowser();

/** Two seals and one over the edges of all pages. */
function threePlaces(): Parameters<Cast['start']>[0][number]['signFields'] & object {
  const { fileCode } = scene;
  return [
    { fileCode, signFieldPosition: { positionPage: 1, positionX: 452, positionY: 140 } },
    { fileCode, dateFormat: 'YYYY-MM-DD', signFieldPosition: { positionPage: 12, positionX: 452, positionY: 447 } },
    { fileCode, signFieldStyle: 2, signFieldPosition: { positionY: 500 } },
  ];
}

async function judged(contractId: string): Promise<ReturnType<typeof judgeByPdfsig>> {
  const [signed] = await downloadAll(scene.client, contractId);
  if (!signed) throw new Error('the contract has no file');
  return judgeByPdfsig(signed);
}

describe('a person with a phone', () => {
  it('reads, looks at each place, proves its will and has signed', async () => {
    const contractId = await scene.start([signer('buyer', { signFields: threePlaces() })], {
      contractName: '房屋租赁合同（望江里小区 6 幢 1203 室）',
    });
    const { page, complaints, findBarriers, picture } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    const tap = (name: string) => page.getByRole('button', { name, exact: true }).tap();
    await documentShown(page);
    await picture('sign-phone-1-consent');
    expect(await findBarriers()).toEqual([]);

    await tap('阅读并继续');
    await expect(page.getByRole('alert').getByText('请先勾选同意').waitFor()).resolves.toBeUndefined();
    await picture('sign-phone-2-consent-missing');
    await tap('《电子签署须知》');
    await picture('sign-phone-3-terms');
    await tap('同意');
    await tap('阅读并继续');
    await page.getByText('共 3 处由您签署').waitFor();
    await picture('sign-phone-4-place');
    expect(await findBarriers()).toEqual([]);
    await tap('去签署处 1/3');
    await tap('去签署处 2/3');
    await tap('去签署处 3/3');
    await page.locator('.page-box[data-page="12"] canvas').waitFor();
    await picture('sign-phone-5-last-place');
    await tap('确认签署');
    await page.getByText('验证码已发送至 138****0000').waitFor();
    await picture('sign-phone-6-code');
    expect(await findBarriers()).toEqual([]);
    await tap('填入');
    await tap('确认签署');
    await page.getByText('签署成功').waitFor();
    await picture('sign-phone-7-landed');
    await page.getByRole('heading', { name: '您已签署' }).waitFor();
    await picture('sign-phone-8-result');

    expect(await findBarriers()).toEqual([]);
    expect(complaints).toEqual([]);
    await expect(page.getByText('没有法律效力').waitFor()).resolves.toBeUndefined();
    expect(await judged(contractId)).toMatchObject({ allValid: true, signers: [BUYER.psnName] });
  });

  it('draws its signature with a finger, takes a stroke back, and signs with what is left', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page, complaints, picture } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    await agree(page);
    await page.getByRole('button', { name: '更换', exact: true }).tap();
    await page.getByRole('radio', { name: '手写签名' }).check();
    const pad = page.getByRole('img', { name: /^手写板/ });
    const { x, y, width, height } = (await pad.boundingBox())!;
    const at = (right: number, down: number): [number, number] => [x + right * width, y + down * height];

    await page.getByRole('button', { name: '用这个签名' }).tap();
    await page.getByText('请先在手写板上写出姓名').waitFor();
    await swipe(page, [at(0.25, 0.3), at(0.4, 0.3), at(0.28, 0.7), at(0.42, 0.75)]);
    await swipe(page, [at(0.55, 0.35), at(0.75, 0.33)]);
    await swipe(page, [at(0.5, 0.75), at(0.8, 0.72)]);
    await swipe(page, [at(0.1, 0.1), at(0.9, 0.9)]);
    expect(await hasInk(pad, [0.85, 0.85])).toBe(true);
    await page.getByRole('button', { name: '撤销一笔' }).tap();
    await expect.poll(() => hasInk(pad, [0.85, 0.85])).toBe(false);
    await picture('sign-phone-drawn');
    await page.getByRole('button', { name: '用这个签名' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '去签署处' }).tap();
    await page.locator('.page-box[data-page="12"] canvas').waitFor();
    await picture('sign-phone-drawn-place');
    await confirmByCode(page);

    const { contractStatus } = await scene.client.contracts.get({ contractId });
    expect(contractStatus).toBe('finished');
    const [chosen] = (await scene.evidenceOf(contractId)).filter(({ kind }) => kind === 'seal-chosen');
    expect(chosen).toMatchObject({ by: 'drawing' });
    expect(complaints).toEqual([]);
  });

  it('turns the phone and keeps what it has drawn', async () => {
    const { page, picture, findBarriers } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', {
      screen: 'phone',
    });
    await agree(page);
    await page.getByRole('button', { name: '更换', exact: true }).tap();
    await page.getByRole('radio', { name: '手写签名' }).check();
    const { x, y } = (await page.getByRole('img', { name: /^手写板/ }).boundingBox())!;
    await swipe(page, [
      [x + 60, y + 60],
      [x + 200, y + 140],
    ]);

    await page.setViewportSize({ width: 812, height: 375 });

    const pad = page.getByRole('img', { name: /^手写板/ });
    await expect.poll(async () => (await pad.boundingBox())!.width).toBeGreaterThan(500);
    await picture('sign-phone-turned');
    expect(await findBarriers()).toEqual([]);
    expect(await hasInk(pad)).toBe(true);
    await page.getByRole('button', { name: '清除' }).tap();
    await expect.poll(() => hasInk(pad)).toBe(false);
  });

  it('taps a place to change what stands there', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', { screen: 'phone' });
    await agree(page);
    await page.getByRole('button', { name: '去签署处' }).tap();

    await touch(page, page.getByRole('button', { name: '您的签署处 1，更换签名' }));

    await expect(page.getByRole('dialog', { name: '选择印章或签名' }).waitFor()).resolves.toBeUndefined();
  });
});

describe('a signature that the platform cannot make at once', () => {
  it('is promised, and shown when it is there', async () => {
    const contractId = await scene.start([signer('buyer')]);
    const { page, picture, findBarriers } = await visitSigning(contractId, 'buyer', { screen: 'phone' });
    await agree(page);
    await page.getByRole('button', { name: '去签署处' }).tap();
    await page.getByRole('button', { name: '确认签署' }).tap();
    await page.getByRole('button', { name: '填入' }).tap();
    const { dataFolder, modules, app, database } = scene.platform;
    const [files, away] = [join(dataFolder, 'files'), join(dataFolder, 'away')];
    await rename(files, away);
    await page.getByRole('button', { name: '确认签署' }).tap();
    await page.getByText('签署会自动完成').waitFor();
    await picture('sign-state-sealing');
    expect(await findBarriers()).toEqual([]);

    await rename(away, files);
    const { rows } = await database.db.execute(sql`select id from contract_parties where contract_id = ${contractId}`);
    const partyId = String(rows[0]?.id);
    await modules.signing.payDebt({ appId: app.id, contractId, partyId, accountId: 'buyer' });

    await expect(page.getByRole('heading', { name: '您已签署' }).waitFor()).resolves.toBeUndefined();
  });
});

describe('a person with a keyboard', () => {
  it('signs without touching anything else', async () => {
    const contractId = await scene.start([signer('buyer', { signFields: threePlaces() })]);
    const { page, complaints, picture, findBarriers } = await visitSigning(contractId, 'buyer', { screen: 'desktop' });
    await documentShown(page);
    await picture('sign-desktop-1-consent');
    expect(await findBarriers()).toEqual([]);

    await tabTo(page, 'checkbox', '我已阅读并同意');
    await page.keyboard.press('Space');
    await tabTo(page, 'button', '阅读并继续');
    await page.keyboard.press('Enter');
    await page.getByText('共 3 处由您签署').waitFor();
    await tabTo(page, 'button', '更换');
    await page.keyboard.press('Enter');
    await tabTo(page, 'radio', '我的印章');
    await page.keyboard.press('ArrowLeft');
    await picture('sign-desktop-2-typed');
    expect(await findBarriers()).toEqual([]);
    await tabTo(page, 'button', '用这个签名');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tabTo(page, 'button', '去签署处 1/3');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('.page-box[data-page="12"] canvas').waitFor();
    await picture('sign-desktop-3-place');
    expect(await findBarriers()).toEqual([]);
    await tabTo(page, 'button', '确认签署');
    await page.keyboard.press('Enter');
    const code = await sandboxCode(page);
    await expect.poll(() => focusedName(page)).toBe('6 位短信验证码');
    await picture('sign-desktop-4-code');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '您已签署' }).waitFor();
    await picture('sign-desktop-5-result');

    expect(await findBarriers()).toEqual([]);
    expect(complaints).toEqual([]);
    const { contractStatus } = await scene.client.contracts.get({ contractId });
    expect(contractStatus).toBe('finished');
  });

  it('leaves a dialog by Escape and is back where it was', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', { screen: 'desktop' });
    await tabTo(page, 'button', '拒签');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: '拒绝签署' }).waitFor();

    await page.keyboard.press('Escape');

    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await focusedName(page)).toBe('拒签');
  });

  it('zooms by plus, minus and nought', async () => {
    const { page } = await visitSigning(await scene.start([signer('buyer')]), 'buyer', { screen: 'desktop' });
    await documentShown(page);
    await page.getByRole('region', { name: '合同正文' }).focus();
    const width = () => page.locator('.page-box[data-page="1"]').evaluate((box) => Math.round(box.clientWidth));
    const fit = await width();

    await page.keyboard.press('+');
    expect(await width()).toBe(Math.round(fit * 1.25));
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    expect(await width()).toBe(Math.round(fit / 1.25));
    await page.keyboard.press('0');

    expect(await width()).toBe(fit);
  });
});

/** Whether something is drawn: around a spot, given as parts of width and height, or anywhere. */
function hasInk(pad: Locator, spot?: readonly [number, number]): Promise<boolean> {
  return pad.evaluate((element, around) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const [x, y, side] = around
      ? [around[0] * width - 20, around[1] * height - 20, 40]
      : [0, 0, Math.max(width, height)];
    const { data } = canvas.getContext('2d')!.getImageData(x, y, side, side);
    return data.some((value, i) => i % 4 === 3 && value > 0);
  }, spot);
}

async function agree(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: '我已阅读并同意' }).check();
  await page.getByRole('button', { name: '阅读并继续' }).click();
  await page.getByRole('button', { name: /^去签署处/ }).waitFor();
}

async function confirmByCode(page: Page): Promise<void> {
  await page.getByRole('button', { name: '确认签署' }).click();
  await page.getByRole('button', { name: '填入' }).click();
  await page.getByRole('button', { name: '确认签署' }).click();
  await page.getByRole('heading', { name: '您已签署' }).waitFor();
}

async function sandboxCode(page: Page): Promise<string> {
  const words = await page.getByText(/^验证码是 \d{6}/).textContent();
  return /\d{6}/.exec(words ?? '')?.[0] ?? '';
}

/** Name of what has the focus, as assistive technology would say it. */
function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim();
  });
}

async function tabTo(page: Page, role: 'button' | 'checkbox' | 'radio', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true });
  await target.waitFor();
  const reached = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 60 && !(await reached()); presses++) await page.keyboard.press('Tab');
  expect(await reached(), `reach ${name} by Tab`).toBe(true);
}
