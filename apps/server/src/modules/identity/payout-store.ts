import { and, count, desc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { PayoutOrder, PayoutStatus } from './ports.ts';
import { identityChecks, payouts } from './schema.ts';
import type { IdentityCheck } from './verification.ts';

export interface Payout {
  readonly checkId: string;
  readonly appId: string;
  readonly verificationId: string;
  /** Undefined once the check has ended. */
  readonly order: PayoutOrder | undefined;
  readonly status: PayoutStatus;
  readonly reason: string;
  readonly triesLeft: number;
}

/** A payout with what its check says. */
export interface ListedPayout extends Payout {
  readonly check: Pick<IdentityCheck, 'outcome' | 'reason' | 'at' | 'expiresAt' | 'endedAt'>;
}

export interface PayoutQuery {
  readonly status?: PayoutStatus | undefined;
  /** Only those whose amount may still be told. */
  readonly isOpen?: boolean | undefined;
  readonly appId?: string | undefined;
  readonly pageNumber: number;
  readonly pageSize: number;
}

export interface PayoutStore {
  find(db: Db | Tx, checkId: string): Promise<Payout | undefined>;
  insert(tx: Tx, payout: Payout & { readonly order: PayoutOrder }): Promise<void>;
  save(tx: Tx, payout: Pick<Payout, 'appId' | 'checkId' | 'status' | 'reason' | 'triesLeft'>): Promise<void>;
  /** Across apps, the newest first: for the platform's own reviewers. */
  list(db: Db, query: PayoutQuery): Promise<{ list: ListedPayout[]; total: number }>;
  findListed(db: Db, checkId: string): Promise<ListedPayout | undefined>;
  /** Amount and account are needed no longer. */
  forget(tx: Tx, checkId: string): Promise<void>;
}

export function createPayoutStore(secretBox: SecretBox): PayoutStore {
  const toPayout = (row: typeof payouts.$inferSelect): Payout => {
    const sealed = row.order && secretBox.openText(row.order, orderContext(row.checkId));
    return { ...row, order: sealed ? (JSON.parse(sealed) as PayoutOrder) : undefined };
  };
  const toListed = ({ payout, check }: ListedRow): ListedPayout => {
    const { outcome, reason, createdAt: at } = check;
    const times = { at, expiresAt: check.expiresAt ?? undefined, endedAt: check.endedAt ?? undefined };
    return { ...toPayout(payout), check: { outcome, reason, ...times } };
  };
  const select = (db: Db) =>
    db
      .select({ payout: payouts, check: identityChecks })
      .from(payouts)
      .innerJoin(identityChecks, eq(identityChecks.id, payouts.checkId));

  return {
    find: async (db, checkId) => {
      const [row] = await db.select().from(payouts).where(eq(payouts.checkId, checkId));
      return row && toPayout(row);
    },
    list: async (db, { pageNumber, pageSize, ...query }) => {
      const wanted = whereOf(query);
      const rows = await select(db)
        .where(wanted)
        // Their numbers follow time.
        .orderBy(desc(payouts.checkId))
        .limit(pageSize)
        .offset((pageNumber - 1) * pageSize);
      const counted = await db
        .select({ total: count() })
        .from(payouts)
        .innerJoin(identityChecks, eq(identityChecks.id, payouts.checkId))
        .where(wanted);
      return { list: rows.map(toListed), total: counted[0]?.total ?? 0 };
    },
    findListed: async (db, checkId) => {
      const [row] = await select(db).where(eq(payouts.checkId, checkId));
      return row && toListed(row);
    },
    insert: async (tx, { order, ...rest }) => {
      const sealed = secretBox.seal(JSON.stringify(order), orderContext(rest.checkId));
      await tx.insert(payouts).values({ ...rest, order: sealed });
    },
    save: async (tx, { appId, checkId, status, reason, triesLeft }) => {
      await tx
        .update(payouts)
        .set({ status, reason, triesLeft })
        .where(and(eq(payouts.appId, appId), eq(payouts.checkId, checkId)));
    },
    forget: async (tx, checkId) => {
      await tx.update(payouts).set({ order: null }).where(eq(payouts.checkId, checkId));
    },
  };
}

interface ListedRow {
  readonly payout: typeof payouts.$inferSelect;
  readonly check: typeof identityChecks.$inferSelect;
}

function whereOf({ status, isOpen, appId }: Omit<PayoutQuery, 'pageNumber' | 'pageSize'>) {
  return and(
    ...(status === undefined ? [] : [eq(payouts.status, status)]),
    ...(isOpen ? [eq(identityChecks.outcome, 'processing')] : []),
    ...(appId === undefined ? [] : [eq(payouts.appId, appId)]),
  );
}

export function orderContext(checkId: string): string {
  return `payouts.order:${checkId}`;
}
