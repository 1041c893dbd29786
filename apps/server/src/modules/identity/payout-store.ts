import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { PayoutOrder, PayoutStatus } from './ports.ts';
import { payouts } from './schema.ts';

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

export interface PayoutStore {
  find(db: Db | Tx, checkId: string): Promise<Payout | undefined>;
  insert(tx: Tx, payout: Payout & { readonly order: PayoutOrder }): Promise<void>;
  save(tx: Tx, payout: Pick<Payout, 'appId' | 'checkId' | 'status' | 'reason' | 'triesLeft'>): Promise<void>;
  /** Amount and account are needed no longer. */
  forget(tx: Tx, checkId: string): Promise<void>;
}

export function createPayoutStore(secretBox: SecretBox): PayoutStore {
  return {
    find: async (db, checkId) => {
      const [row] = await db.select().from(payouts).where(eq(payouts.checkId, checkId));
      if (!row) return undefined;
      const order = row.order
        ? (JSON.parse(secretBox.openText(row.order, orderContext(checkId))) as PayoutOrder)
        : undefined;
      return { ...row, order };
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

export function orderContext(checkId: string): string {
  return `payouts.order:${checkId}`;
}
