import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from '../../kernel/columns.ts';

/** How often a kind of data was swept, and how much of it. */
export const retentionRuns = pgTable('retention_runs', {
  kind: text('kind').primaryKey(),
  lastRunAt: instant('last_run_at').notNull(),
  erased: bigint('erased', { mode: 'number' }).notNull(),
});
