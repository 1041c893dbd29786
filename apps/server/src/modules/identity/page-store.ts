import { and, desc, eq } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import type { PageSetup, Prefilled } from './page-setup.ts';
import { verificationPages } from './schema.ts';

/** A link to a verification page, and what it was asked to do. */
export interface VerificationPage {
  readonly id: string;
  readonly appId: string;
  readonly kind: 'person' | 'organization';
  /** The flow's number; the flow itself begins with the facts that the page takes. */
  readonly verificationId: string;
  readonly businessCode: string | undefined;
  /** The unverified account that is to become verified. */
  readonly accountId: string | undefined;
  readonly setup: PageSetup;
  /** Undefined once the page has expired. */
  readonly prefilled: Prefilled | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface PageStore {
  find(db: Db | Tx, appId: string, pageId: string): Promise<VerificationPage | undefined>;
  findByFlow(db: Db | Tx, appId: string, verificationId: string): Promise<VerificationPage | undefined>;
  findNewest(db: Db | Tx, appId: string, businessCode: string): Promise<VerificationPage | undefined>;
  insert(tx: Tx, page: VerificationPage & { readonly prefilled: Prefilled }): Promise<void>;
}

export function createPageStore(secretBox: SecretBox): PageStore {
  const findWhere = async (db: Db | Tx, where: ReturnType<typeof and>) => {
    const [row] = await db
      .select()
      .from(verificationPages)
      .where(where)
      .orderBy(desc(verificationPages.createdAt), desc(verificationPages.id))
      .limit(1);
    return row && toPage(secretBox, row);
  };
  const table = verificationPages;

  return {
    find: (db, appId, pageId) => findWhere(db, and(eq(table.appId, appId), eq(table.id, pageId))),
    findByFlow: (db, appId, verificationId) =>
      findWhere(db, and(eq(table.appId, appId), eq(table.verificationId, verificationId))),
    findNewest: (db, appId, businessCode) =>
      findWhere(db, and(eq(table.appId, appId), eq(table.businessCode, businessCode))),
    insert: async (tx, { prefilled, ...rest }) => {
      const sealed = secretBox.seal(JSON.stringify(prefilled), prefilledContext(rest.id));
      await tx.insert(table).values({ ...rest, prefilled: sealed });
    },
  };
}

function toPage(secretBox: SecretBox, row: typeof verificationPages.$inferSelect): VerificationPage {
  return {
    ...row,
    businessCode: row.businessCode ?? undefined,
    accountId: row.accountId ?? undefined,
    prefilled: row.prefilled
      ? (JSON.parse(secretBox.openText(row.prefilled, prefilledContext(row.id))) as Prefilled)
      : undefined,
  };
}

export function prefilledContext(pageId: string): string {
  return `verification_pages.prefilled:${pageId}`;
}
