/** What each role is shown. The server decides all the same, which its own tests prove. */
import { mayDo, ROLES, type Role } from '@signet/protocol/console-api';
import { describe, expect, it } from 'vitest';
import { useConsolePages } from './console-scene.ts';

const scene = useConsolePages();

const PLACES = {
  应用: 'apps.read',
  合同: 'contracts.read',
  审核: 'payouts.read',
  回调: 'callbacks.read',
  沙箱: 'sandbox.read',
  账号: 'accounts.manage',
  审计日志: 'audit.read',
} as const;

describe('the navigation', () => {
  it.each(ROLES.map((role) => [role]))('shows the %s the pages of the role and no other', async (role) => {
    const { page } = await scene.visit(role, '/');
    const links = page.getByRole('navigation').getByRole('listitem');
    await links.first().waitFor();

    const allowed = Object.entries(PLACES).filter(([, permission]) => mayDo(role, permission));
    expect(await links.allTextContents()).toEqual(allowed.map(([name]) => name));
  });

  it('answers a page of another role with words, without asking the server for it', async () => {
    const { page } = await scene.visit('reviewer', '/apps');

    await page.getByText('当前角色不能查看此页').waitFor();
  });
});

describe('buttons', () => {
  const onApp = () => `/apps/${scene.cast.app.appKey}`;
  it.each<[Role, string, () => string, boolean]>([
    ['auditor', '连通性测试', onApp, false],
    ['auditor', '轮换密钥：AppSecret', onApp, false],
    ['auditor', '停用应用', onApp, false],
    ['developer', '停用应用', onApp, false],
    ['developer', '连通性测试', onApp, true],
    ['developer', '轮换密钥：AppSecret', onApp, true],
    ['operator', '停用应用', onApp, true],
    ['developer', '新建应用', () => '/apps', false],
    ['operator', '新建应用', () => '/apps', true],
    ['auditor', '按时间段重发', () => '/callbacks', false],
    ['developer', '按时间段重发', () => '/callbacks', true],
  ])('%s, “%s”', async (role, name, path, isShown) => {
    const { page } = await scene.visit(role, path());
    await page.waitForLoadState('networkidle');
    await page.getByRole('heading', { level: 1 }).waitFor();

    expect((await page.getByRole('button', { name, exact: true }).count()) > 0).toBe(isShown);
  });

  it('leave an auditor every setting to read and none to change', async () => {
    const { page } = await scene.visit('auditor', onApp());

    expect(await page.getByLabel('回调地址').inputValue()).toBe(scene.inbox.url);
    expect(await page.getByLabel('回调地址').isDisabled()).toBe(true);
    expect(await page.getByRole('switch', { name: '静默签署' }).isDisabled()).toBe(true);
  });
});
