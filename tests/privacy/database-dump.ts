/** Everything that a thief with the database and the data key would read: all columns, boxes opened. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../apps/server/src/kernel/database.ts';
import type { SecretBox } from '../../apps/server/src/kernel/secret-box.ts';
import { sealedColumns } from '../../apps/server/src/platform.ts';

export interface Cell {
  /** `table.column` */
  readonly place: string;
  readonly text: string;
}

type Row = Readonly<Record<string, unknown>>;

export async function dumpDatabase({ db }: Database, secretBox: SecretBox): Promise<Cell[]> {
  const { rows: tables } = await db.execute<{ schema: string; name: string }>(sql`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'graphile_worker', 'kernel') and table_type = 'BASE TABLE'`);
  const cells: Cell[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await db.execute<Row>(sql`select * from ${sql.identifier(schema)}.${sql.identifier(name)}`);
    for (const row of rows) cells.push(...cellsOf(name, row, secretBox));
  }
  return cells;
}

/** Where any of these texts stands, each place once. */
export function placesOf(cells: readonly Cell[], texts: readonly string[]): string[] {
  const found = cells.filter(({ text }) => texts.some((each) => text.includes(each))).map(({ place }) => place);
  return [...new Set(found)].toSorted();
}

function cellsOf(table: string, row: Row, secretBox: SecretBox): Cell[] {
  return Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([column]) => ({ place: `${table}.${column}`, text: textOf(table, column, row, secretBox) }));
}

function textOf(table: string, column: string, row: Row, secretBox: SecretBox): string {
  const value = row[column];
  if (!(value instanceof Uint8Array)) return typeof value === 'string' ? value : JSON.stringify(value);
  const sealed = sealedColumns().find((each) => each.table === table && each.column === column);
  const bytes = Buffer.from(
    sealed
      ? secretBox.open(
          value,
          sealed.contextOf((name) => String(row[name])),
        )
      : value,
  );
  // Also what a PDF or a certificate may spell otherwise.
  return [bytes.toString('utf8'), bytes.toString('utf16le'), bytes.toString('latin1')].join('\n');
}
