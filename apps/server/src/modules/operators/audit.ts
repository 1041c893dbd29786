/** 审计日志: who did what in the console. Written in the transaction of what it tells about, where there is one. */
import { and, count, desc, eq, gte, lt, lte } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { newId19 } from '../../kernel/ids.ts';
import { endingRows } from '../../kernel/retention.ts';
import { consoleAudit } from './schema.ts';

/** Who acts: an operator, or nobody known yet. */
export interface Actor {
  readonly operatorId: string | null;
  readonly name: string | null;
  readonly ip: string;
}

/** Personal data and secrets stay out of it. */
export interface AuditRecord {
  /** In kebab-case, in the past tense: `app-created`. */
  readonly action: string;
  /** What it was done to, e.g. `app:203900001`. */
  readonly target?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export type AuditRow = typeof consoleAudit.$inferSelect;

export interface AuditFilter {
  readonly accountName?: string | undefined;
  readonly action?: string | undefined;
  readonly begin?: Date | undefined;
  readonly end?: Date | undefined;
  readonly page: number;
  readonly pageSize: number;
}

export type Audit = ReturnType<typeof createAudit>;

export function createAudit({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
  async function record(tx: Tx, actor: Actor, { action, target, detail = {} }: AuditRecord): Promise<void> {
    await tx.insert(consoleAudit).values({
      ...{ id: newId19(), at: clock.now(), operatorId: actor.operatorId, accountName: actor.name },
      ...{ action, target: target ?? null, detail, ip: actor.ip },
    });
  }

  return {
    record,

    /** For what changes nothing: a login that failed, a look at a document. */
    note: (actor: Actor, entry: AuditRecord): Promise<void> => database.transaction((tx) => record(tx, actor, entry)),

    ending: endingRows(database, { table: consoleAudit, isDue: (before) => lt(consoleAudit.at, before) }),

    /** Newest first. */
    async list({ accountName, action, begin, end, page, pageSize }: AuditFilter) {
      const where = and(
        accountName === undefined ? undefined : eq(consoleAudit.accountName, accountName.toLowerCase()),
        action === undefined ? undefined : eq(consoleAudit.action, action),
        begin && gte(consoleAudit.at, begin),
        end && lte(consoleAudit.at, end),
      );
      const list: AuditRow[] = await database.db
        .select()
        .from(consoleAudit)
        .where(where)
        .orderBy(desc(consoleAudit.at), desc(consoleAudit.id))
        .limit(pageSize)
        .offset((page - 1) * pageSize);
      const [total] = await database.db.select({ count: count() }).from(consoleAudit).where(where);
      return { list, total: total?.count ?? 0 };
    },
  };
}
