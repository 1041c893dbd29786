/** When flows, pages and what belongs to them end. Their evidence stays. */
import { and, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../kernel/database.ts';
import { type EndingData, endingCells, endingSubjects, endingTogether } from '../../kernel/retention.ts';
import type { IdentityParts } from './parts.ts';
import {
  authorizationLetters,
  faceCaptures,
  identityChecks,
  payouts,
  verificationPageProgress,
  verificationPages,
  verifications,
} from './schema.ts';
import { LIFETIME_MS } from './verification.ts';

export interface IdentityEnding {
  /** Flows from which no user was made, by the end of their life. */
  readonly unusedFlows: EndingData;
  /** Flows that certified a user, by the time of that. */
  readonly usedFlows: EndingData;
  /** What an app knew already and what leads to a face, by the end of the page. */
  readonly prefilled: EndingData;
  /** Pages, by their end. */
  readonly pages: EndingData;
}

export const IDENTITY_REFERENCES = {
  /** A letter under review or decided on, by the code of its file. */
  file: (code: SQL): SQL =>
    sql`exists (select 1 from ${authorizationLetters} where ${authorizationLetters.fileCode} = ${code})`,
};

type Means = Pick<IdentityParts, 'database' | 'evidence'>;

export function createEnding(means: Means): IdentityEnding {
  const { database } = means;
  return {
    unusedFlows: flowsOf(means, (before) => {
      const lastProgress = new Date(before.getTime() - LIFETIME_MS);
      return sql`${verifications.usedAt} is null and ${verifications.lastProgressAt} < ${lastProgress}
        and (${verifications.heldUntil} is null or ${verifications.heldUntil} < ${before})`;
    }),
    usedFlows: flowsOf(means, (before) => sql`${verifications.usedAt} < ${before}`),
    prefilled: endingTogether(prefilledOf(database), faceLinksOf(database)),
    pages: pagesOf(means),
  };
}

/** The flow of an agent stays as long as that of the company. */
function flowsOf(means: Means, hasEnded: (before: Date) => SQL): EndingData {
  return endingSubjects(means.database, {
    ...{ table: verifications, id: verifications.id },
    erase: (tx, ids) => eraseFlows(means, tx, ids),
    isDue: (before) => sql`${hasEnded(before)} and not exists (
      select 1 from verifications company where company.agent_verification_id = ${verifications.id})`,
  });
}

/** The file of a letter is one upload among others once its letter is gone. The chain stays; nobody can read it any more. */
export async function eraseFlows({ evidence }: Means, tx: Tx, verificationIds: readonly string[]): Promise<void> {
  const ids = [...verificationIds];
  const checks = tx
    .select({ id: identityChecks.id })
    .from(identityChecks)
    .where(inArray(identityChecks.verificationId, ids));
  await tx.delete(payouts).where(inArray(payouts.checkId, checks));
  await tx.delete(authorizationLetters).where(inArray(authorizationLetters.checkId, checks));
  await tx.delete(faceCaptures).where(inArray(faceCaptures.checkId, checks));
  await tx.delete(identityChecks).where(inArray(identityChecks.verificationId, ids));
  await tx.delete(verifications).where(inArray(verifications.id, ids));
  await evidence.shred(tx, ids.map(chainOf));
}

const chainOf = (verificationId: string) => `verification:${verificationId}` as const;

/** A letter may be under review for longer than its page can be opened. */
function pagesOf(means: Means): EndingData {
  return endingSubjects(means.database, {
    ...{ table: verificationPages, id: verificationPages.id },
    erase: (tx, ids) => erasePages(means, tx, ids),
    isDue: (before) => sql`${verificationPages.expiresAt} < ${before} and not exists (
      select 1 from ${verifications} where ${verifications.id} = ${verificationPages.verificationId}
        and ${verifications.heldUntil} >= ${before})`,
  });
}

/** A page that led to no flow has written down all the same what was tried there. */
export async function erasePages({ evidence }: Means, tx: Tx, pageIds: readonly string[]): Promise<void> {
  const ids = [...pageIds];
  const hasFlow = sql`exists (select 1 from ${verifications} where ${verifications.id} = ${verificationPages.verificationId})`;
  const flowless = await tx
    .select({ verificationId: verificationPages.verificationId })
    .from(verificationPages)
    .where(and(inArray(verificationPages.id, ids), sql`not ${hasFlow}`));
  await evidence.shred(
    tx,
    flowless.map(({ verificationId }) => chainOf(verificationId)),
  );
  await tx.delete(verificationPageProgress).where(inArray(verificationPageProgress.pageId, ids));
  await tx.delete(verificationPages).where(inArray(verificationPages.id, ids));
}

function prefilledOf(database: Database): EndingData {
  return endingCells(database, {
    ...{ table: verificationPages, column: verificationPages.prefilled },
    isDue: (before) => lte(verificationPages.expiresAt, before),
  });
}

function faceLinksOf(database: Database): EndingData {
  return endingCells(database, {
    ...{ table: verificationPageProgress, column: verificationPageProgress.faceLinks },
    isDue: (before) => sql`exists (select 1 from ${verificationPages}
      where ${verificationPages.id} = ${verificationPageProgress.pageId} and ${verificationPages.expiresAt} <= ${before})`,
  });
}
