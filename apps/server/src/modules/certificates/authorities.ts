/** Keeps the installation's own keys and certificates: one set for all servers, made at first start, renewed by itself. */
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { type CertificateMode, renewalDueAt } from './authority.ts';
import { type Authority, type AuthoritySet, openAuthorities } from './authority-check.ts';
import { getAuthority, issueDueAuthorities } from './authority-issue.ts';
import type { AuthorityRole } from './schema.ts';
import * as store from './store.ts';

export interface AuthoritiesOptions {
  readonly db: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
  readonly mode: CertificateMode;
  readonly publicUrl: string;
}

export interface Authorities {
  /** Loads, checks and completes the set; throws InstallationError when it cannot be used. */
  load(): Promise<void>;
  /** The set as it stands, without a look at the clock. */
  current(role: AuthorityRole): Authority;
  /** An authority that may sign now: renews what is due first. */
  ready(role: AuthorityRole): Promise<Authority>;
}

// Each round is lost only to another server that has just finished the same work.
const MAX_ROUNDS = 10;

export function createAuthorities(options: AuthoritiesOptions): Authorities {
  let authorities: AuthoritySet = new Map();
  let renewAt = 0;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    authorities = await completeSet(options);
    const dueTimes = [...authorities.values()].map(({ role, notAfter }) => renewalDueAt(role, notAfter).getTime());
    renewAt = Math.min(...dueTimes);
  }

  function loadOnce(): Promise<void> {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  return {
    load: loadOnce,
    current: (role) => getAuthority(authorities, role),
    async ready(role) {
      if (options.clock.now().getTime() >= renewAt) await loadOnce();
      return getAuthority(authorities, role);
    },
  };
}

/** Keys are made and certificates signed outside the transaction; they count only if the table is still the one they were made for. */
async function completeSet({ db, secretBox, clock, mode, publicUrl }: AuthoritiesOptions): Promise<AuthoritySet> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const now = clock.now();
    const rows = await store.listAuthorities(db.db);
    const current = openAuthorities(rows, secretBox, now);
    const issued = await issueDueAuthorities(current, { secretBox, mode, publicUrl, now });
    if (issued.length === 0) return current;

    await saveUnlessChanged(db, rows, issued, now);
  }
  throw new Error('the authorities changed at every attempt to complete them');
}

async function saveUnlessChanged(
  db: Database,
  basis: readonly store.AuthorityRow[],
  issued: readonly Authority[],
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await store.lockAuthorities(tx);
    if (!isSameSet(basis, await store.listAuthorities(tx))) return;

    for (const { role, sealedKey, certificate, notAfter } of issued) {
      await store.saveAuthority(tx, { role, privateKey: sealedKey, certificate, notAfter, createdAt: now });
    }
  });
}

function isSameSet(left: readonly store.AuthorityRow[], right: readonly store.AuthorityRow[]): boolean {
  return (
    left.length === right.length &&
    left.every((row, i) => {
      const other = right[i];
      return other?.role === row.role && Buffer.compare(other.certificate, row.certificate) === 0;
    })
  );
}
