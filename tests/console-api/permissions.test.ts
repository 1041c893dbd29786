/** Each role at each door: PERMISSIONS, asked over HTTP. */
import { PERMISSIONS, type Permission, ROLES, type Role } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleScene, type Member, startConsole } from './console-client.ts';

/** A call of each permission that changes nothing whoever makes it: where it is allowed, it fails by what it names. */
const DOORS: Readonly<Record<Permission, readonly [method: 'GET' | 'POST', path: string, body?: object]>> = {
  'accounts.manage': ['POST', '/operators/1/reset'],
  'audit.read': ['GET', '/audit'],
  'apps.read': ['GET', '/apps'],
  'apps.create': ['POST', '/apps', { name: '' }],
  'apps.change': ['POST', '/apps/1', {}],
  'apps.enable': ['POST', '/apps/1', { enabled: false }],
  'apps.secrets': ['POST', '/apps/1/rotate', { which: 'app' }],
  'callbacks.read': ['GET', '/callbacks'],
  'callbacks.resend': ['POST', '/callbacks/resend', { transactionIds: ['1'] }],
  'contracts.read': ['GET', '/contracts'],
  'contracts.repair': ['POST', '/contracts/1/repair'],
  'contracts.revoke': ['POST', '/contracts/1/revoke', { reason: 'test' }],
  'reviews.decide': ['GET', '/reviews/letters'],
  'payouts.read': ['GET', '/reviews/payouts'],
  'payouts.decide': ['POST', '/reviews/payouts/1/ask'],
  'sandbox.read': ['GET', '/sandbox/registry'],
};

/** What an allowed call answers: it was let in and met nothing, or something wrong with what it asked for. */
const LET_IN = [200, 400, 404];

let scene: ConsoleScene;
const members = new Map<Role, Member>();

beforeAll(async () => {
  scene = await startConsole();
  for (const role of ROLES) members.set(role, await scene.member(role));
});
afterAll(() => scene.platform.close());

function knock(role: Role, permission: Permission) {
  const { browser } = members.get(role)!;
  const [method, path, body = {}] = DOORS[permission];
  return method === 'GET' ? browser.get(path) : browser.post(path, body);
}

const permissions = Object.keys(PERMISSIONS) as Permission[];
const isAllowed = (role: Role, permission: Permission) => (PERMISSIONS[permission] as readonly Role[]).includes(role);
const pairs = permissions.flatMap((permission) => ROLES.map((role) => [role, permission] as const));

describe('a role', () => {
  it.each(pairs.filter(([role, permission]) => isAllowed(role, permission)))(
    '%s is let in for %s',
    async (role, permission) => {
      const { status } = await knock(role, permission);

      expect(LET_IN).toContain(status);
    },
  );

  it.each(pairs.filter(([role, permission]) => !isAllowed(role, permission)))(
    '%s is refused %s',
    async (role, permission) => {
      const { status, body } = await knock(role, permission);

      expect([status, body.error]).toEqual([403, 'FORBIDDEN']);
    },
  );
});

describe('nobody', () => {
  it.each(permissions)('is let in for %s without a login', async (permission) => {
    const [method, path, body = {}] = DOORS[permission];
    const answer = method === 'GET' ? await scene.browser().get(path) : await scene.browser().post(path, body);

    expect([answer.status, answer.body.error]).toEqual([401, 'NOT_LOGGED_IN']);
  });
});
