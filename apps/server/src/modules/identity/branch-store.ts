import { and, asc, eq, like, or, sql } from 'drizzle-orm';
import type { Db, Tx } from '../../kernel/database.ts';
import type { BranchQuery } from './bank-branches.ts';
import type { BankBranch } from './ports.ts';
import { bankBranches } from './schema.ts';

const ROWS_PER_STATEMENT = 1_000;

export interface BranchPage {
  readonly pageNumber: number;
  readonly pageSize: number;
}

export async function hasBranches(db: Db): Promise<boolean> {
  return (await db.select({ code: bankBranches.branchCode }).from(bankBranches).limit(1)).length > 0;
}

export async function listBranches(
  db: Db,
  { keyword, province, city }: BranchQuery,
  { pageNumber, pageSize }: BranchPage,
): Promise<{ list: BankBranch[]; total: number }> {
  const part = keyword?.replaceAll(/[\\%_]/g, '\\$&');
  const wanted = and(
    part === undefined
      ? undefined
      : or(
          like(bankBranches.bankName, `%${part}%`),
          like(bankBranches.branchName, `%${part}%`),
          like(bankBranches.branchCode, `${part}%`),
        ),
    province === undefined ? undefined : eq(bankBranches.province, province),
    city === undefined ? undefined : eq(bankBranches.city, city),
  );
  const list = await db
    .select()
    .from(bankBranches)
    .where(wanted)
    .orderBy(asc(bankBranches.branchCode))
    .limit(pageSize)
    .offset((pageNumber - 1) * pageSize);
  return { list, total: await db.$count(bankBranches, wanted) };
}

/** Branches that are there already are replaced. */
export async function saveBranches(tx: Tx, branches: readonly BankBranch[]): Promise<void> {
  const unique = [...new Map(branches.map((branch) => [branch.branchCode, branch])).values()];
  for (let start = 0; start < unique.length; start += ROWS_PER_STATEMENT) {
    await tx
      .insert(bankBranches)
      .values(unique.slice(start, start + ROWS_PER_STATEMENT))
      .onConflictDoUpdate({
        target: bankBranches.branchCode,
        set: {
          ...{ bankName: sql`excluded.bank_name`, bankCode: sql`excluded.bank_code` },
          ...{ branchName: sql`excluded.branch_name`, province: sql`excluded.province`, city: sql`excluded.city` },
        },
      });
  }
}
