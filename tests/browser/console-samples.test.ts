/** What empty pages teach works as it stands: the samples are taken from the page and run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { type ConsoleScene, startConsole } from '../console-api/console-client.ts';
import { clientOf } from '../journeys/people.ts';
import { BUYER, createCast, signer } from '../signing-page/scene.ts';
import { type OpenPage, openPage, startBrowser } from './browser.ts';

const SANDBOX_CHOICES = { selfCertification: true, silentSigning: true, smsLimits: false };
const ROOT = join(import.meta.dirname, '..', '..');

let operators: ConsoleScene;
let browser: Awaited<ReturnType<typeof startBrowser>>;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  operators = await startConsole({ clock: systemClock });
  browser = await startBrowser();
  // Inside the repository, where `@signet/sdk` is found.
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  folder = await mkdtemp(join(ROOT, '.cache', 'samples-'));
  await copyFile(join(ROOT, 'examples', 'lease-contract.zh.pdf'), join(folder, 'contract.pdf'));
});
afterAll(async () => {
  for (const child of children) child.kill();
  await browser.close();
  await operators.platform.close();
  await rm(folder, { recursive: true, force: true });
});

async function visit(path: string): Promise<OpenPage> {
  const opened = await openPage(browser, { screen: 'desktop' });
  const { token = '' } = operators.owner;
  await opened.context.addCookies([{ name: 'signet_console', value: token, url: operators.platform.url }]);
  await opened.page.goto(`${operators.platform.url}/console${path}`);
  return opened;
}

/** The only sample of a page without anything. */
async function sampleOf(path: string, name: string): Promise<string> {
  const { page, findBarriers, picture, context } = await visit(path);
  const sample = (await page.locator('.code-sample code').textContent()) ?? '';
  await picture(`console-${name}-empty`);
  expect(await findBarriers()).toEqual([]);
  await context.close();
  return sample;
}

async function run(file: string, code: string, settings: Record<string, string>): Promise<ChildProcess> {
  await writeFile(join(folder, file), code);
  const node = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: folder,
    env: { ...process.env, ...settings },
  });
  children.push(node);
  return node;
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => (text += piece.toString()));
  await once(child, 'close');
  return text;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

describe('the sample', () => {
  it('of the contracts’ page starts a contract', async () => {
    const { platform } = operators;
    const { appKey, appSecret } = platform.app;
    const buyer = { ...BUYER, accountId: 'buyer', psnIDCardType: 'CRED_PSN_CH_IDCARD' } as const;
    await clientOf(platform, platform.app).persons.create(buyer);

    const sample = await sampleOf('/contracts', 'contracts');
    const output = await outputOf(
      await run('start.ts', sample, { SIGNET_APP_KEY: appKey, SIGNET_APP_SECRET: appSecret }),
    );

    expect(output.trim()).toMatch(/^\d{19}$/);
  });

  it('of the callbacks’ page takes what comes from here and nothing else', async () => {
    const { platform } = operators;
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const { apps, callbacks } = platform.modules;
    const settings = { name: 'receiver', callbackUrl: url, callbackTypes: ['OPEN_CONTRACT_SIGNED'] };
    const { app, secret, callbackSecret } = await apps.create({ ...settings, ...SANDBOX_CHOICES });

    const sample = await sampleOf('/callbacks', 'callbacks');
    await run('receive.mjs', sample, { PORT: String(port), CALLBACK_SECRET: callbackSecret });
    await expect.poll(async () => (await callbacks.probe(app.id)).ok, { timeout: 10_000 }).toBe(true);
    const forged = await fetch(url, { method: 'POST', body: '{"transactionId":"1"}' });
    const cast = await createCast(platform, { id: app.id, appKey: app.appKey, appSecret: secret, callbackSecret });
    const contractId = await cast.start([signer('buyer')]);
    await cast.client.sandbox.sign({ contractId, accountId: 'buyer' });

    expect(forged.status).toBe(401);
    const delivered = { contractId, status: 'delivered', page: { number: 1, size: 10 } } as const;
    await expect.poll(async () => (await callbacks.list(delivered)).total, { timeout: 10_000 }).toBe(1);
  });
});
