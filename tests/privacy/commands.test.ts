/** An operator's commands about personal data, as they are typed beside a working server. */
import { createSignetClient, type SignetClient } from '@signet/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outcomeOf, startContract, uploadLease } from '../journeys/people.ts';
import { createInstallation, type Installation } from '../lifecycle/installation.ts';

const APP = { SIGNET_APP_KEY: 'privacy', SIGNET_APP_SECRET: 'privacy-secret-0001', SIGNET_LOG_LEVEL: 'warn' };
const FACTS = { psnIDCardType: 'CRED_PSN_CH_IDCARD', informPhone: '13800000001' } as const;
const LI_NA = { ...FACTS, psnName: '李娜', psnIDCardNum: '310101198804120026' };
const ZHANG_SAN = { ...FACTS, psnName: '张三', psnIDCardNum: '110101199003078857' };

let installation: Installation;
let client: SignetClient;
let url: string;
let finished: string;
let open: string;

beforeAll(async () => {
  installation = createInstallation();
  ({ url } = await installation.start(APP));
  client = createSignetClient({ baseUrl: url, appKey: APP.SIGNET_APP_KEY, appSecret: APP.SIGNET_APP_SECRET });
  await client.persons.create({ accountId: 'li-na', ...LI_NA });
  await client.persons.create({ accountId: 'zhang-san', ...ZHANG_SAN });
  const fileCode = await uploadLease(client);
  finished = await startContract(client, [fileCode], [{ accountId: 'li-na' }, { accountId: 'zhang-san' }]);
  for (const accountId of ['li-na', 'zhang-san']) await client.sandbox.sign({ contractId: finished, accountId });
  expect(await outcomeOf(client, finished)).toBe('finished');
  open = await startContract(client, [fileCode], [{ accountId: 'li-na' }]);
}, 180_000);
afterAll(() => installation.remove());

const signet = (...args: string[]) => installation.run('signet', args, APP);
const forget = (args: string[], input?: string) =>
  installation.run('signet', ['forget-person', '--app', 'privacy', ...args], APP, input);

describe('npx signet forget-person', () => {
  it('refuses while a contract waits, and names it with the way out', async () => {
    const { code, output } = await forget(['--account', 'li-na', '--yes']);

    expect(code).toBe(1);
    expect(output).toContain('Nothing was erased');
    expect(output).toContain(`${open} waits for li-na`);
    expect(output).toContain('撤销合同');
    await client.contracts.revoke({ contractId: open });
  });

  it('shows what would go and what stays, and does nothing without a yes', async () => {
    const dry = await forget(['--account', 'li-na', '--dry-run']);
    const refused = await forget(['--account', 'li-na'], 'no\n');

    expect(dry).toMatchObject({ code: 0, output: expect.stringContaining('account li-na (verified)') });
    expect(dry.output).toContain('2 contracts with their files');
    expect(dry.output).toContain('个人信息保护法 §47');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('Nothing was erased.') });
    expect(await client.persons.get({ accountId: 'li-na' })).toMatchObject({ psnName: '李娜' });
  });

  it('takes an id number from the input only, erases, and leaves the evidence complete', async () => {
    const named = await forget(['--id-number', '--yes'], `${LI_NA.psnIDCardNum}\n`);

    expect(named).toMatchObject({ code: 0, output: expect.stringContaining('Done.') });
    expect(named.output).not.toContain(LI_NA.psnIDCardNum);
    await expect(client.persons.get({ accountId: 'li-na' })).rejects.toMatchObject({ code: 'oc_10502' });
    expect(await signet('verify-evidence')).toMatchObject({
      code: 0,
      output: expect.stringContaining('The evidence is complete.'),
    });
    expect(await forget(['--account', 'li-na', '--yes'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('Nothing is known'),
    });
  });

  it('asks to name one person in one way', async () => {
    expect(await forget([])).toMatchObject({ code: 1, output: expect.stringContaining('--account') });
    expect(await forget(['--id-number', '--yes'], '')).toMatchObject({
      code: 1,
      output: expect.stringContaining('No id number was given.'),
    });
  });
});

describe('npx signet retention', () => {
  it('prints each rule with its reason and what is due, and can sweep at once', async () => {
    const { code, output } = await signet('retention', '--now');

    expect(code).toBe(0);
    expect(output).toContain('uploads: 30 days (SIGNET_RETENTION_UPLOAD_DAYS), counted from the upload');
    expect(output).toMatch(/layouts: at once.*\n.*\n.*\n {2}Due {4}0; erased so far \d+; last sweep 20/);
  });

  it('is counted in the metrics', async () => {
    const metrics = await (await fetch(`${url}/metrics`)).text();

    expect(metrics).toMatch(/^signet_retention_erased_total\{kind="layouts"\} \d+$/m);
    expect(metrics).toMatch(/^signet_signatures_owed 0$/m);
    expect(metrics).toMatch(/^signet_signatures_oldest_owed_seconds 0$/m);
  });
});
