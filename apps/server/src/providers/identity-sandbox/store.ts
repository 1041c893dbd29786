import { asc, eq, sql } from 'drizzle-orm';
import type { SealedColumn } from '../../kernel/data-keys.ts';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { entryKey, type RegistryEntry } from './entries.ts';
import { sandboxRegistryEntries } from './schema.ts';

const CONTEXT = 'sandbox_registry_entries.sealed';
const ROWS_PER_STATEMENT = 500;

export type EntryKey = Pick<RegistryEntry, 'kind' | 'idNumber'>;

export async function findLoaded(db: Db, secretBox: SecretBox, key: EntryKey): Promise<RegistryEntry | undefined> {
  const [row] = await db
    .select({ sealed: sandboxRegistryEntries.sealed })
    .from(sandboxRegistryEntries)
    .where(eq(sandboxRegistryEntries.keyHash, hashKey(secretBox, key)));
  return row && open(secretBox, row.sealed);
}

/** People first, then by load; the hash only keeps the order of one load steady between pages. */
export async function listLoaded(db: Db, secretBox: SecretBox): Promise<RegistryEntry[]> {
  const rows = await db
    .select({ sealed: sandboxRegistryEntries.sealed })
    .from(sandboxRegistryEntries)
    .orderBy(
      sql`${sandboxRegistryEntries.kind} desc`,
      asc(sandboxRegistryEntries.loadedAt),
      asc(sandboxRegistryEntries.keyHash),
    );
  return rows.map((row) => open(secretBox, row.sealed));
}

/** Entries that are there already are replaced. */
export async function saveLoaded(
  tx: Tx,
  secretBox: SecretBox,
  { entries, at }: { entries: readonly RegistryEntry[]; at: Date },
): Promise<void> {
  const table = sandboxRegistryEntries;
  for (let start = 0; start < entries.length; start += ROWS_PER_STATEMENT) {
    const rows = entries.slice(start, start + ROWS_PER_STATEMENT).map((entry) => ({
      keyHash: hashKey(secretBox, entry),
      kind: entry.kind,
      sealed: secretBox.seal(JSON.stringify(entry), CONTEXT),
      loadedAt: at,
    }));
    await tx
      .insert(table)
      .values(rows)
      .onConflictDoUpdate({
        target: table.keyHash,
        set: { sealed: sql`excluded.sealed`, loadedAt: sql`excluded.loaded_at` },
      });
  }
}

function open(secretBox: SecretBox, sealed: Uint8Array): RegistryEntry {
  return JSON.parse(secretBox.openText(sealed, CONTEXT));
}

function hashKey(secretBox: SecretBox, key: EntryKey): Uint8Array {
  return secretBox.keyedHash(entryKey(key), 'sandbox_registry_entries.key');
}

export const REGISTRY_SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'sandbox_registry_entries', column: 'sealed', key: ['key_hash'], contextOf: () => CONTEXT },
];
