/** Operators of an installation: first account, login, roles. */
import { z } from 'zod';

/**
 * owner: everything, accounts too · operator: apps, callbacks, contracts, sandbox · developer: apps without creating or disabling
 * them, callbacks, sandbox · reviewer: reads contracts, decides reviews · auditor: reads everything, also the audit log, changes nothing.
 */
export const ROLES = ['owner', 'operator', 'developer', 'reviewer', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What a role may do; the server decides by it, the console hides what it does not allow. */
export const PERMISSIONS = {
  'accounts.manage': ['owner'],
  'audit.read': ['owner', 'auditor'],
  'apps.read': ['owner', 'operator', 'developer', 'auditor'],
  'apps.create': ['owner', 'operator'],
  'apps.change': ['owner', 'operator', 'developer'],
  'apps.secrets': ['owner', 'operator', 'developer'],
  'callbacks.read': ['owner', 'operator', 'developer', 'auditor'],
  'callbacks.resend': ['owner', 'operator', 'developer'],
  'contracts.read': ['owner', 'operator', 'reviewer', 'auditor'],
  'contracts.repair': ['owner', 'operator'],
  'contracts.revoke': ['owner', 'operator'],
  'sandbox.read': ['owner', 'operator', 'developer', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

const accountName = z
  .string()
  .trim()
  .regex(/^[\w.@+-]{3,64}$/);
const password = z.string().min(12).max(200);
const totpCode = z
  .string()
  .trim()
  .regex(/^\d{6}$/);

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

/** `POST /console-api/login` → ConsoleSession. Without a needed `totp` the answer is TOTP_NEEDED, which costs no try. */
export const logIn = z.object({
  name: z.string().trim().min(1).max(64),
  password: z.string().min(1).max(200),
  totp: totpCode.optional(),
});
export type LogIn = z.infer<typeof logIn>;

/** `POST /console-api/logout` with `{}`. */

/** `POST /console-api/account/password` → ConsoleSession; every other session of the account ends. */
export const changePassword = z.object({ oldPassword: z.string().min(1).max(200), newPassword: password });
export type ChangePassword = z.infer<typeof changePassword>;

/** `POST /console-api/account/totp/begin` with `{ password }` → TotpEnrollment; shown once. */
export const beginTotp = z.object({ password: z.string().min(1).max(200) });
export interface TotpEnrollment {
  readonly secret: string;
  /** otpauth:// for a QR code. */
  readonly uri: string;
}

/** `POST /console-api/account/totp/enable` → ConsoleSession. */
export const enableTotp = z.object({ totp: totpCode });
/** `POST /console-api/account/totp/disable` → ConsoleSession. */
export const disableTotp = z.object({ password: z.string().min(1).max(200), totp: totpCode });

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
