/** Callbacks as an operator runs them: settings, the server process, the command line. */
import { createSignetClient, type SignetClient, verifyCallback } from '@signet/sdk';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CallbackInbox, openCallbackInbox } from '../../apps/server/src/testing/callback-inbox.ts';
import { person, startContract, uploadLease } from '../journeys/people.ts';
import { createInstallation, type Installation } from '../lifecycle/installation.ts';

const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const APP = { appKey: 'operated', appSecret: 'operated-secret' };

// Starts share two cores with whatever else runs.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let installation: Installation;
let inbox: CallbackInbox;
let client: SignetClient;
let kill: () => Promise<unknown>;
let fileCode: string;

async function start(): Promise<void> {
  const server = await installation.start({
    ...{ SIGNET_APP_KEY: APP.appKey, SIGNET_APP_SECRET: APP.appSecret },
    ...{ SIGNET_APP_CALLBACK_URL: inbox.url, SIGNET_APP_CALLBACK_SECRET: SECRET },
  });
  client = createSignetClient({ baseUrl: server.url, ...APP });
  kill = () => server.kill('SIGKILL');
}

beforeAll(async () => {
  installation = createInstallation();
  inbox = await openCallbackInbox();
  await start();
  await person(client, 'buyer');
  fileCode = await uploadLease(client);
});
afterAll(async () => {
  await installation.remove();
  await inbox.close();
});

async function signet(...args: string[]): Promise<string> {
  const { code, output } = await installation.run('signet', args);
  expect(`${code} ${output}`).toMatch(/^0 /);
  return output;
}

async function revokeOne(): Promise<string> {
  const contractId = await startContract(client, [fileCode], [{ accountId: 'buyer' }]);
  await client.contracts.revoke({ contractId });
  return contractId;
}

const ofContract = (contractId: string) => inbox.find(({ json }) => json.contractId === contractId);

describe('an app of the settings', () => {
  it('gets callbacks of all types at its address, signed with its secret', async () => {
    const contractId = await revokeOne();

    const callback = await ofContract(contractId);

    expect(verifyCallback({ secret: SECRET, ...callback }).businessType).toBe('OPEN_CONTRACT_STATUS_CHANGED');
    expect(await signet('app', 'list')).toContain(`callbacks to ${inbox.url} (8 of 8 types)`);
  });
});

describe('a server that is killed between a commit and its callback', () => {
  it('loses nothing: the next one sends it', async () => {
    await inbox.pause();
    const contractId = await revokeOne();
    await kill();
    await inbox.resume();

    await start();

    expect((await ofContract(contractId)).json).toMatchObject({ contractStatus: 'revoked' });
  });
});

describe('the command line', () => {
  it('lists callbacks, shows one with its tries, and sends it again', async () => {
    const contractId = await revokeOne();
    const id = String((await ofContract(contractId)).json.transactionId);

    expect(await signet('callback', 'list', '--app', APP.appKey, '--contract', contractId)).toContain(
      `OPEN_CONTRACT_STATUS_CHANGED  contract:${contractId}`,
    );
    expect(await signet('callback', 'list', '--status', 'dead')).toBe('0 in all.\n');
    const shown = await signet('callback', 'show', id);
    expect(shown).toContain(`"contractId": "${contractId}"`);
    expect(shown).toContain('HTTP 200');
    const before = inbox.received.length;
    expect(await signet('callback', 'resend', id)).toBe('1 will be sent again.\n');
    const again = (await inbox.count(before + 1))[before];
    expect(again?.headers['webhook-id']).toBe(id);
    const period = ['--begin', '2026-01-01', '--end', '2099-01-01'];
    expect(await signet('callback', 'resend', '--app', APP.appKey, '--status', 'unsent', ...period)).toBe(
      '0 will be sent again.\n',
    );
    expect((await installation.run('signet', ['callback', 'resend'])).output).toContain(
      'give --app, --begin and --end',
    );
  });

  it('tests the address and shows the secrets', async () => {
    expect(await signet('callback', 'probe', APP.appKey)).toMatch(/^ok {2}HTTP 200 {2}\d+ ms\n$/);
    expect(inbox.received.at(-1)).toMatchObject({ method: 'GET', path: '/callbacks' });
    expect((await signet('callback', 'secret', APP.appKey)).split('\n')[0]).toBe(SECRET);
  });

  it('makes, changes and rotates what an app needs for callbacks and pages', async () => {
    const created = await signet('app', 'create', 'shop', '--callback-url', 'https://shop.example/hook');
    const [appKey = '', , callbackSecret = ''] = [...created.matchAll(/^\w+ +(\S+)$/gm)].map(([, value]) => value);
    expect(callbackSecret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);

    const types = 'OPEN_CONTRACT_SIGNED,OPEN_CONTRACT_STATUS_CHANGED';
    const set = await signet('app', 'set', appKey, '--callback-types', types, '--check-before-reading');
    expect(set).toContain('callbacks to https://shop.example/hook (2 of 8 types)');
    expect(set).toContain('checkBeforeReading');
    const pages = ['--redirect-schemes', 'myapp', '--embedding-origins', 'https://shop.example'];
    await signet('app', 'set', appKey, ...pages);
    const fresh = /^CallbackSecret {2}(\S+)$/m.exec(await signet('app', 'rotate', appKey, '--callback'))?.[1];
    expect(await signet('callback', 'secret', appKey)).toBe(`${fresh}\n${callbackSecret}\n`);
  });
});
