import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestPlatform } from '../../apps/server/src/testing/test-platform.ts';

/** What a call may leave behind in any case, its nonce, and what the clock leaves beside it. */
const NOT_COUNTED = ['used_nonces', 'idempotent_answers', 'evidence_checkpoints', 'retention_runs'];

export interface Traces {
  readonly rows: Readonly<Record<string, number>>;
  readonly stored: readonly string[];
  readonly incoming: readonly string[];
}

/** Everything that is kept: rows of all tables, stored objects, uploads under way. Equal before and after means nothing is left. */
export async function tracesOf({ database, dataFolder }: TestPlatform): Promise<Traces> {
  const { rows: tables } = await database.db.execute<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const names = tables.map(({ name }) => name).filter((name) => !NOT_COUNTED.includes(name));
  const counts = names.map((name) => `select '${name}' as name, count(*)::int as count from "${name}"`);
  const { rows } = await database.db.execute<{ name: string; count: number }>(counts.join(' union all '));
  return {
    rows: Object.fromEntries(rows.map(({ name, count }) => [name, count])),
    stored: await filesBelow(join(dataFolder, 'files')),
    incoming: await filesBelow(join(dataFolder, 'incoming')),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
