import { describe, expect, it } from 'vitest';
import { keepAnOwner, type Standing } from './operator.ts';

const AT = new Date('2026-11-24T08:00:00Z');
const account = (id: string, role: Standing['role'], disabledAt: Date | null = null): Standing => ({
  id,
  role,
  disabledAt,
});
const [ada, bob, cy] = [account('1', 'owner'), account('2', 'owner'), account('3', 'operator')];

describe('a change of an account', () => {
  it.each([
    ['demotes the only owner', [ada, cy], account('1', 'operator')],
    ['disables the only owner', [ada, cy], account('1', 'owner', AT)],
    ['demotes the only owner who is not disabled', [ada, account('2', 'owner', AT)], account('1', 'auditor')],
  ])('that %s is refused', (_, all, changed) => {
    expect(() => keepAnOwner(all, changed)).toThrow('CONFLICT');
  });

  it.each([
    ['demotes one of two owners', [ada, bob], account('1', 'operator')],
    ['disables somebody else', [ada, cy], account('3', 'operator', AT)],
    ['makes another owner', [ada, cy], account('3', 'owner')],
    ['helps where there is no owner', [account('1', 'owner', AT)], account('1', 'owner')],
  ])('that %s is taken', (_, all, changed) => {
    expect(() => keepAnOwner(all, changed)).not.toThrow();
  });
});
