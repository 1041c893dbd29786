import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';

/** Entries that an operator loaded. They may describe real test persons, so they are sealed and found by a keyed hash. */
export const sandboxRegistryEntries = pgTable(
  'sandbox_registry_entries',
  {
    keyHash: bytea('key_hash').primaryKey(),
    kind: text('kind').$type<'person' | 'company'>().notNull(),
    sealed: bytea('sealed').notNull(),
    loadedAt: instant('loaded_at').notNull(),
  },
  (table) => [index('sandbox_registry_entries_order').on(table.kind, table.loadedAt)],
);
