/** Who may do what in the console. Free of the schema library, so that the console can ask the table without loading it. */

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
  /** Lets an app call, or stops it. */
  'apps.enable': ['owner', 'operator'],
  'apps.secrets': ['owner', 'operator', 'developer'],
  'callbacks.read': ['owner', 'operator', 'developer', 'auditor'],
  'callbacks.resend': ['owner', 'operator', 'developer'],
  'contracts.read': ['owner', 'operator', 'reviewer', 'auditor'],
  'contracts.repair': ['owner', 'operator'],
  'contracts.revoke': ['owner', 'operator'],
  /** Letters that companies have uploaded, with personal data in clear, and what becomes of them. */
  'reviews.decide': ['owner', 'operator', 'reviewer'],
  /** Payouts to companies on their way to be verified, without their amounts; names in clear only with `payouts.decide`. */
  'payouts.read': ['owner', 'operator', 'reviewer', 'auditor'],
  'payouts.decide': ['owner', 'operator', 'reviewer'],
  'sandbox.read': ['owner', 'operator', 'developer', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

export function mayDo(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
