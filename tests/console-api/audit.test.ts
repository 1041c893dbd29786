/** The audit log: who did what, and nothing that does not belong into it. */
import type { AuditEntry, NewConsoleApp, Page, TotpEnrollment } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleScene, OWNER, startConsole, totpAt } from './console-client.ts';

let scene: ConsoleScene;
beforeAll(async () => {
  scene = await startConsole();
});
afterAll(() => scene.platform.close());

const entries = async (query: Record<string, string> = {}) =>
  (await scene.owner.get<Page<AuditEntry>>('/audit', { pageSize: '100', ...query })).body.list;

/** What a deed adds to the log, oldest first, as action, target and detail. */
async function logged(deed: () => Promise<unknown>) {
  const before = new Set((await entries()).map(({ entryId }) => entryId));
  await deed();
  const added = (await entries()).filter(({ entryId }) => !before.has(entryId));
  return added.toReversed().map(({ accountName, action, target, detail }) => [accountName, action, target, detail]);
}

describe('the audit log', () => {
  it('begins with the setup', async () => {
    const all = await entries();

    expect(all.at(-1)).toEqual({
      ...{ entryId: expect.stringMatching(/^\d{19}$/), at: scene.clock.now().toISOString(), accountName: 'olivia' },
      ...{ action: 'setup-done', target: 'operator:olivia', detail: {}, ip: scene.owner.ip },
    });
  });

  it('tells of logins, also of those that failed, but no name that is no account', async () => {
    const browser = scene.browser();

    expect(
      await logged(async () => {
        await browser.logIn(OWNER.name, OWNER.password);
        await browser.logIn(OWNER.name, 'my secret password');
        await browser.logIn('my secret password', 'x');
        await browser.post('/logout');
      }),
    ).toEqual([
      ['olivia', 'logged-in', null, { totp: false }],
      ['olivia', 'login-failed', null, { reason: 'password' }],
      [null, 'login-failed', null, { reason: 'unknown-name' }],
      ['olivia', 'logged-out', null, {}],
    ]);
  });

  it('tells of the second factor', async () => {
    const member = await scene.member('operator', 'mia');
    const logIn = (totp?: string) => scene.browser().logIn('mia', member.password, totp);

    expect(
      await logged(async () => {
        const begun = await member.browser.done<TotpEnrollment>('/account/totp/begin', { password: member.password });
        await member.browser.done('/account/totp/enable', { totp: totpAt(begun.secret, scene.clock.now()) });
        await logIn();
        await logIn('000000');
      }),
    ).toEqual([
      ['mia', 'totp-enabled', 'operator:mia', {}],
      ['mia', 'login-code-asked', null, {}],
      ['mia', 'login-failed', null, { reason: 'totp' }],
    ]);
  });

  it('tells of every change to accounts', async () => {
    expect(
      await logged(async () => {
        const { accountId } = await scene.member('auditor', 'nina');
        await scene.owner.done(`/operators/${accountId}`, { role: 'operator', disabled: true });
        await scene.owner.done(`/operators/${accountId}/reset`);
      }),
    ).toEqual([
      ['olivia', 'logged-in', null, { totp: false }],
      ['olivia', 'operator-created', 'operator:nina', { role: 'auditor' }],
      ['nina', 'logged-in', null, { totp: false }],
      ['nina', 'password-changed', 'operator:nina', {}],
      ['olivia', 'operator-changed', 'operator:nina', { role: 'operator', disabled: true }],
      ['olivia', 'operator-reset', 'operator:nina', {}],
    ]);
  });

  it('tells of every change to apps, with what was chosen but without secrets in an address', async () => {
    const address = 'https://shop.example.com/hook?token=sesame';
    let appKey = '';
    const told = await logged(async () => {
      const made = await scene.owner.done<NewConsoleApp>('/apps', { name: '商城', silentSigning: true });
      appKey = made.app.appKey;
      await scene.owner.done(`/apps/${appKey}`, { callbackUrl: address, smsLimits: false });
      await scene.owner.done(`/apps/${appKey}/rotate`, { which: 'app' });
      await scene.owner.done(`/apps/${appKey}/rotate`, { which: 'callback' });
    });

    expect(told).toEqual([
      ['olivia', 'app-created', `app:${appKey}`, { name: '商城', silentSigning: true }],
      ['olivia', 'app-changed', `app:${appKey}`, { callbackUrl: 'https://shop.example.com', smsLimits: false }],
      ['olivia', 'secret-rotated', `app:${appKey}`, { which: 'app' }],
      ['olivia', 'secret-rotated', `app:${appKey}`, { which: 'callback' }],
    ]);
  });

  it('tells of looks at contracts without what was searched for, and of looks at messages', async () => {
    const appId = scene.platform.app.id;

    expect(
      await logged(async () => {
        await scene.owner.get('/contracts', { search: '张三', accountId: '13800000000', status: 'signing' });
        await scene.owner.get('/sandbox/messages', { appId });
      }),
    ).toEqual([
      [
        'olivia',
        'contracts-listed',
        null,
        { search: '***', accountId: '***', status: 'signing', page: 1, pageSize: 20 },
      ],
      ['olivia', 'messages-viewed', null, { appId }],
    ]);
  });

  it('tells of nothing that was refused', async () => {
    const { browser } = await scene.member('auditor');

    expect(await logged(() => browser.post('/apps', { name: 'mine' }))).toEqual([]);
    expect(await logged(() => scene.owner.post('/apps', { name: '' }))).toEqual([]);
    expect(await logged(() => scene.owner.post('/apps/100000000', { name: 'x' }))).toEqual([]);
  });

  it('stands and falls with the change that it tells about', async () => {
    const { apps, operators } = scene.platform.modules;
    const { accountId } = await scene.member('auditor');
    const before = [await apps.list(), await operators.administration.list()];
    await scene.platform.database.db.execute('alter table console_audit rename to console_audit_away');
    const appKey = scene.platform.app.appKey;

    const statuses = [
      (await scene.owner.post('/apps', { name: 'unseen' })).status,
      (await scene.owner.post(`/apps/${appKey}`, { name: 'unseen' })).status,
      (await scene.owner.post(`/apps/${appKey}/rotate`, { which: 'app' })).status,
      (await scene.owner.post(`/apps/${appKey}/rotate`, { which: 'callback' })).status,
      (await scene.owner.post('/operators', { name: 'unseen', role: 'owner' })).status,
      (await scene.owner.post(`/operators/${accountId}`, { role: 'owner' })).status,
      (await scene.owner.post(`/operators/${accountId}/reset`)).status,
      (await scene.owner.get('/contracts')).status,
      (await scene.browser().logIn(OWNER.name, OWNER.password)).status,
    ];
    await scene.platform.database.db.execute('alter table console_audit_away rename to console_audit');

    expect(statuses).toEqual(Array(9).fill(500));
    const [appsNow, operatorsNow] = [await apps.list(), await operators.administration.list()];
    expect(appsNow).toEqual(before[0]);
    expect(operatorsNow.map(({ id, role, mustChangePassword }) => [id, role, mustChangePassword])).toEqual(
      before[1]?.map((each) => 'role' in each && [each.id, each.role, each.mustChangePassword]),
    );
  });

  it('is searched by account, action and time', async () => {
    const { clock } = scene;
    await scene.member('developer', 'otto');
    const begin = clock.now().toISOString();
    const names = async (query: Record<string, string>) => [
      ...new Set((await entries(query)).map((each) => each.accountName)),
    ];

    expect(await names({ accountName: 'Otto' })).toEqual(['otto']);
    expect((await entries({ accountName: 'otto', action: 'password-changed' })).length).toBe(1);
    expect((await entries({ begin, action: 'password-changed', accountName: 'otto' })).length).toBe(1);
    expect(await entries({ end: '2020-01-01T00:00:00Z' })).toEqual([]);
  });

  it('keeps no secret of anybody', async () => {
    const { rows } = await scene.platform.database.db.execute<{ row: string }>(
      'select row_to_json(a)::text as row from console_audit a',
    );

    const text = rows.map(({ row }) => row).join('\n');
    expect(
      [OWNER.password, 'my secret password', 'sesame', '13800000000', '张三'].filter((word) => text.includes(word)),
    ).toEqual([]);
  });
});
