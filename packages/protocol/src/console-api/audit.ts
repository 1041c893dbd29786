/** Who did what in the console. */
import { z } from 'zod';
import { paging } from './paging.ts';

/** `GET /console-api/audit?…` → Page<AuditEntry>, newest first; audit.read. */
export const auditFilter = z.object({
  accountName: z.string().max(64).optional(),
  action: z.string().max(60).optional(),
  begin: z.iso.datetime().optional(),
  end: z.iso.datetime().optional(),
  ...paging,
});

export interface AuditEntry {
  readonly entryId: string;
  readonly at: string;
  /** Who acted, or whose login was tried; null for a name that is no account's, and for commands on the server itself. */
  readonly accountName: string | null;
  /** In kebab-case: `app-created`, `login-failed`, `contract-viewed`. */
  readonly action: string;
  /** What it was done to, e.g. `app:203900001`. */
  readonly target: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly ip: string;
}
