/** Operators of an installation: first account, login, accounts. */
import { z } from 'zod';
import { ROLES, type Role } from './roles.ts';

/** Compared and shown in lower case. */
const accountName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\w.@+-]{3,64}$/, '应为3至64位字母、数字或 . @ + - _');
/** Also refused, as PASSWORD_TOO_WEAK: those anybody would try first, and those with the account's name in them. */
const password = z.string().min(12, '至少12个字符').max(200, '最多200个字符');
const givenPassword = z.string().min(1, '必填').max(200, '最多200个字符');
const totpCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '应为6位数字');

/** `GET /console-api/session`: who is logged in; also says when no account exists yet. */
export interface ConsoleSession {
  readonly setupNeeded: boolean;
  readonly account: ConsoleAccount | null;
  readonly mode: 'sandbox' | 'production';
  readonly version: string;
}

export interface ConsoleAccount {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly totpEnabled: boolean;
  /** The password was given by somebody else and must be changed first. */
  readonly mustChangePassword: boolean;
}

/** `POST /console-api/setup` → ConsoleSession: the first account, an owner. `setupCode` is printed where the server was started. */
export const setUp = z.object({ setupCode: z.string().min(1).max(100), name: accountName, password });
export type SetUp = z.infer<typeof setUp>;

/**
 * `POST /console-api/login` → ConsoleSession. Without a needed `totp` the answer is TOTP_NEEDED, which costs no try. Five failures lock
 * the account for a minute, each further one for twice as long, at most an hour.
 */
export const logIn = z.object({
  name: z.string().trim().toLowerCase().min(1, '必填').max(64, '最多64个字符'),
  password: givenPassword,
  totp: totpCode.optional(),
});
export type LogIn = z.infer<typeof logIn>;

/** `POST /console-api/logout` with `{}` → ConsoleSession without an account. */

/** `POST /console-api/account/password` → ConsoleSession; every other session of the account ends, as after any change of TOTP. */
export const changePassword = z.object({ oldPassword: givenPassword, newPassword: password });
export type ChangePassword = z.infer<typeof changePassword>;

/** `POST /console-api/account/totp/begin` → TotpEnrollment; shown once. CONFLICT while TOTP is on. */
export const beginTotp = z.object({ password: givenPassword });
export interface TotpEnrollment {
  readonly secret: string;
  /** otpauth:// for a QR code. */
  readonly uri: string;
}

/** `POST /console-api/account/totp/enable` → ConsoleSession. */
export const enableTotp = z.object({ totp: totpCode });
/** `POST /console-api/account/totp/disable` → ConsoleSession. */
export const disableTotp = z.object({ password: givenPassword, totp: totpCode });

/** `GET /console-api/operators` → Operator[]; accounts.manage. */
export interface Operator extends ConsoleAccount {
  readonly disabled: boolean;
  readonly lockedUntil: string | null;
  readonly createdAt: string;
  readonly lastLoginAt: string | null;
}

/** `POST /console-api/operators` → NewOperator. */
export const createOperator = z.object({ name: accountName, role: z.enum(ROLES) });
export interface NewOperator {
  readonly operator: Operator;
  /** Shown once; must be changed at the first login. */
  readonly temporaryPassword: string;
}

/** `POST /console-api/operators/:accountId` → Operator: role, disabled, unlock. The last active owner cannot be lost. */
export const changeOperator = z.object({
  role: z.enum(ROLES).optional(),
  disabled: z.boolean().optional(),
  unlock: z.literal(true).optional(),
});
/** `POST /console-api/operators/:accountId/reset` with `{}` → NewOperator: new temporary password, TOTP off. */
