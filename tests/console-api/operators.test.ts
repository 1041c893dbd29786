import type { NewOperator, Operator } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleScene, OWNER, startConsole } from './console-client.ts';

let scene: ConsoleScene;
beforeAll(async () => {
  scene = await startConsole();
});
afterAll(() => scene.platform.close());

const accounts = async () => (await scene.owner.get<Operator[]>('/operators')).body;
const named = async (name: string) => (await accounts()).find((account) => account.name === name)!;

describe('accounts', () => {
  it('are listed with what an owner needs to know, and no secret', async () => {
    const { text } = await scene.owner.get('/operators');

    expect(await named(OWNER.name)).toEqual({
      ...{ accountId: expect.stringMatching(/^\d{19}$/), name: 'olivia', role: 'owner', totpEnabled: false },
      ...{ mustChangePassword: false, disabled: false, lockedUntil: null },
      ...{ createdAt: scene.clock.now().toISOString(), lastLoginAt: scene.clock.now().toISOString() },
    });
    expect(text).not.toMatch(/scrypt|hash|secret/i);
  });

  it('cannot share a name, in whatever case', async () => {
    await scene.owner.done('/operators', { name: 'Anna.Meier', role: 'auditor' });
    const again = await scene.owner.post('/operators', { name: 'anna.meier', role: 'owner' });

    expect([again.status, again.body.msg]).toEqual([409, '账号名已被使用']);
    expect(await named('anna.meier')).toMatchObject({ role: 'auditor' });
  });

  it.each([
    [{ name: 'a', role: 'owner' }, 'name: 应为3至64位字母、数字或 . @ + - _'],
    [{ name: '张三李四', role: 'owner' }, 'name: 应为3至64位字母、数字或 . @ + - _'],
    [{ name: 'anton', role: 'king' }, 'role: '],
    [{}, 'name: '],
  ])('are not made of %j', async (input, problem) => {
    const { status, body } = await scene.owner.post('/operators', input);

    expect(status).toBe(400);
    expect(body.msg).toContain(problem);
  });

  it('get a new temporary password and lose TOTP at a reset', async () => {
    const member = await scene.member('developer');
    const { temporaryPassword, operator } = await scene.owner.done<NewOperator>(`/operators/${member.accountId}/reset`);

    expect(operator).toMatchObject({ mustChangePassword: true, totpEnabled: false });
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(401);
    expect((await scene.browser().logIn(member.name, temporaryPassword)).status).toBe(200);
  });

  it('work again when they are enabled again', async () => {
    const member = await scene.member('developer');
    await scene.owner.done(`/operators/${member.accountId}`, { disabled: true });
    const { disabled } = await scene.owner.done<Operator>(`/operators/${member.accountId}`, { disabled: false });

    expect(disabled).toBe(false);
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);
  });

  it('that do not exist are not found', async () => {
    expect((await scene.owner.post('/operators/1', { role: 'owner' })).status).toBe(404);
    expect((await scene.owner.post('/operators/..%2Fapps', { role: 'owner' })).status).toBe(404);
  });

  it('cannot be reset by themselves', async () => {
    const { accountId } = await named(OWNER.name);

    expect((await scene.owner.post(`/operators/${accountId}/reset`)).status).toBe(409);
  });
});

describe('the last owner', () => {
  it.each([{ role: 'operator' }, { disabled: true }])('cannot be lost by %j', async (change) => {
    const { accountId } = await named(OWNER.name);
    const answer = await scene.owner.post(`/operators/${accountId}`, change);

    expect([answer.status, answer.body.msg]).toEqual([409, '至少要保留一个可用的所有者账号']);
    expect(await named(OWNER.name)).toMatchObject({ role: 'owner', disabled: false });
  });

  it('remains when two owners demote each other at once, again and again', async () => {
    const second = await scene.member('owner');
    const { accountId: first } = await named(OWNER.name);
    const { administration } = scene.platform.modules.operators;
    const actor = { operatorId: null, name: null, ip: '' };
    const standings = async () => (await administration.list()).filter(({ role }) => role === 'owner').length;

    for (let round = 0; round < 10; round++) {
      const demotions = [first, second.accountId].map((id) => administration.change(actor, id, { role: 'auditor' }));
      const outcomes = await Promise.allSettled(demotions);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await standings()).toBe(1);
      for (const id of [first, second.accountId]) await administration.change(actor, id, { role: 'owner' });
    }
  });
});
