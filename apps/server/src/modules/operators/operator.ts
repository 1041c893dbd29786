import { OperatorError } from './refusal.ts';
import type { Role } from './role.ts';

/** 控制台账号. */
export interface Operator {
  readonly id: string;
  /** In lower case. */
  readonly name: string;
  readonly role: Role;
  readonly totpEnabled: boolean;
  /** The password was given by somebody else. */
  readonly mustChangePassword: boolean;
  readonly disabled: boolean;
  readonly lockedUntil: Date | null;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
}

/** What a change of an account decides on. */
export interface Standing {
  readonly id: string;
  readonly role: Role;
  readonly disabledAt: Date | null;
}

/** Somebody must always be able to manage the accounts. @throws OperatorError CONFLICT */
export function keepAnOwner(all: readonly Standing[], changed: Standing): void {
  const after = all.map((each) => (each.id === changed.id ? changed : each));
  if (all.some(isActiveOwner) && !after.some(isActiveOwner)) {
    throw new OperatorError('CONFLICT', { detail: '至少要保留一个可用的所有者账号' });
  }
}

function isActiveOwner({ role, disabledAt }: Standing): boolean {
  return role === 'owner' && disabledAt === null;
}
