/** The sweep: goes through the rules and erases what is due, in small parts. Whatever a killed run has left is due again. */
import { sql } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import type { Logger } from '../../kernel/log.ts';
import {
  type AdjustedPeriods,
  periodOf,
  RETENTION_KINDS,
  RETENTION_RULES,
  type RetentionKind,
  type RetentionRule,
} from './rules.ts';
import { retentionRuns } from './schema.ts';
import type { EndingSources } from './sources.ts';

/** In one transaction. */
const ERASED_AT_ONCE = 500;
/** A little less than a day, so that a daily rule does not come later every day. */
const COSTLY_EVERY_MS = 23 * 3_600_000;

export interface SweepParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly periods: AdjustedPeriods;
  readonly sources: EndingSources;
  readonly erasedAtOnce?: number;
}

/** A rule as it stands: for operators. */
export interface RuleInForce extends RetentionRule {
  readonly kind: RetentionKind;
  readonly periodMs: number;
  /** By what an operator may change it. */
  readonly setting: string | undefined;
  readonly due: number;
  readonly erased: number;
  readonly lastRunAt: Date | undefined;
}

export interface KindCount {
  readonly kind: string;
  readonly erased: number;
  readonly lastRunAt: Date;
}

export type Sweep = ReturnType<typeof createSweep>;

export function createSweep(parts: SweepParts) {
  const { database, clock, periods, sources } = parts;
  const beforeOf = (kind: RetentionKind, now: Date) => new Date(now.getTime() - periodOf(kind, periods));

  return {
    /** A rule that fails does not keep the others from their work. @throws AggregateError when one has. */
    async run(signal?: AbortSignal): Promise<void> {
      const last = new Map((await runs(database)).map((run) => [run.kind, run.lastRunAt]));
      const failures: unknown[] = [];
      for (const kind of RETENTION_KINDS) {
        if (signal?.aborted) return;
        if (!isItsTurn(kind, last.get(kind), clock.now())) continue;
        await sweepKind(parts, { kind, before: beforeOf(kind, clock.now()), signal }).catch((error: unknown) => {
          failures.push(error);
        });
      }
      if (failures.length > 0) throw new AggregateError(failures, 'rules of retention that could not be carried out');
    },

    async rulesInForce(): Promise<RuleInForce[]> {
      const known = new Map((await runs(database)).map((run) => [run.kind, run]));
      const inForce: RuleInForce[] = [];
      for (const kind of RETENTION_KINDS) {
        const rule: RetentionRule = RETENTION_RULES[kind];
        const setting = rule.periodMs === undefined ? settingOf(kind, periods) : undefined;
        const due = await sources[kind].count(beforeOf(kind, clock.now()));
        const { erased = 0, lastRunAt = NEVER } = known.get(kind) ?? {};
        const ran = lastRunAt > NEVER ? lastRunAt : undefined;
        inForce.push({ ...rule, kind, periodMs: periodOf(kind, periods), setting, due, erased, lastRunAt: ran });
      }
      return inForce;
    },

    /** How much was erased so far, by any server. */
    counts: (): Promise<KindCount[]> => runs(database),
  };
}

function isItsTurn(kind: RetentionKind, lastRunAt: Date | undefined, now: Date): boolean {
  const { isCostly = false }: RetentionRule = RETENTION_RULES[kind];
  return !isCostly || !lastRunAt || now.getTime() - lastRunAt.getTime() >= COSTLY_EVERY_MS;
}

interface KindToSweep {
  readonly kind: RetentionKind;
  readonly before: Date;
  readonly signal: AbortSignal | undefined;
}

async function sweepKind(parts: SweepParts, { kind, before, signal }: KindToSweep): Promise<void> {
  const { sources, log, erasedAtOnce = ERASED_AT_ONCE } = parts;
  let total = 0;
  let isDone = false;
  try {
    while (!isDone && !signal?.aborted) {
      const erased = await sources[kind].erase(before, erasedAtOnce);
      total += erased;
      isDone = erased < erasedAtOnce;
    }
  } finally {
    if (total > 0) log.info('data whose time was over was erased', { action: kind, count: total });
    await note(parts, { kind, erased: total, isDone });
  }
}

/** A run that did not come to its end does not count as one, so that a costly rule does not wait for a day. */
async function note(
  { database, clock }: SweepParts,
  { kind, erased, isDone }: { readonly kind: RetentionKind; readonly erased: number; readonly isDone: boolean },
): Promise<void> {
  const lastRunAt = isDone ? clock.now() : NEVER;
  await database.transaction((tx) =>
    tx
      .insert(retentionRuns)
      .values({ kind, lastRunAt, erased })
      .onConflictDoUpdate({
        target: retentionRuns.kind,
        set: { erased: sql`${retentionRuns.erased} + ${erased}`, ...(isDone ? { lastRunAt } : {}) },
      }),
  );
}

const NEVER = new Date(0);

function settingOf(kind: RetentionKind, periods: AdjustedPeriods): string | undefined {
  return kind in periods ? periods[kind as keyof AdjustedPeriods].setting : undefined;
}

async function runs({ db }: Database): Promise<KindCount[]> {
  return db.select().from(retentionRuns).orderBy(retentionRuns.kind);
}
