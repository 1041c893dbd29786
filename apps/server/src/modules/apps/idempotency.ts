import { and, eq, lt, sql } from 'drizzle-orm';
import type { Clock } from '../../kernel/clock.ts';
import type { Database, Tx } from '../../kernel/database.ts';
import { endingRows } from '../../kernel/retention.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';
import { idempotentAnswers } from './schema.ts';

const KEPT_MS = 24 * 3_600_000;
/** A first call that has not answered by then is taken for dead. */
const ABANDONED_MS = 120_000;

export type IdempotentStart =
  | { readonly state: 'first' }
  | { readonly state: 'answered'; readonly answer: string }
  | { readonly state: 'running' }
  | { readonly state: 'other-request' };

export type Idempotency = ReturnType<typeof createIdempotency>;

/** Answers to repeated calls with the same Idempotency-Key, kept for 24 hours per app, encrypted. */
export function createIdempotency({ database, secretBox, clock }: IdempotencyDependencies) {
  const row = (appId: string, key: string) => and(eq(idempotentAnswers.appId, appId), eq(idempotentAnswers.key, key));

  return {
    /** Exactly one of several equal calls is told `first`, also when they arrive at once. */
    async start(appId: string, key: string, requestHash: Uint8Array): Promise<IdempotentStart> {
      const now = clock.now();
      const fresh = { requestHash, answer: null, startedAt: now, expiresAt: new Date(now.getTime() + KEPT_MS) };
      const claimed = await database.transaction((tx) =>
        tx
          .insert(idempotentAnswers)
          .values({ appId, key, ...fresh })
          .onConflictDoUpdate({
            target: [idempotentAnswers.appId, idempotentAnswers.key],
            set: fresh,
            setWhere: sql`${idempotentAnswers.expiresAt} <= ${now} or (${idempotentAnswers.answer} is null
              and ${idempotentAnswers.startedAt} <= ${new Date(now.getTime() - ABANDONED_MS)}
              and ${idempotentAnswers.requestHash} = ${Buffer.from(requestHash)})`,
          })
          .returning({ key: idempotentAnswers.key }),
      );
      if (claimed.length > 0) return { state: 'first' };
      return read(appId, key, requestHash);
    },

    async finish(appId: string, key: string, answer: string): Promise<void> {
      const sealed = secretBox.seal(answer, answerContext(appId, key));
      await database.transaction((tx) => tx.update(idempotentAnswers).set({ answer: sealed }).where(row(appId, key)));
    },

    /** The first call ended in a fault of ours: a repeated call may try again. */
    async abandon(appId: string, key: string): Promise<void> {
      await database.transaction((tx) => tx.delete(idempotentAnswers).where(row(appId, key)));
    },

    /** Answers of the app that hold one of these texts: they are sealed, so each is opened. @returns how many went. */
    async eraseMentioning(tx: Tx, appId: string, texts: readonly string[]): Promise<number> {
      const kept = await tx.select().from(idempotentAnswers).where(eq(idempotentAnswers.appId, appId));
      const mentioning = kept.filter(({ key, answer }) => {
        const text = answer ? secretBox.openText(answer, answerContext(appId, key)) : '';
        return texts.some((each) => each !== '' && text.includes(each));
      });
      for (const { key } of mentioning) await tx.delete(idempotentAnswers).where(row(appId, key));
      return mentioning.length;
    },

    ending: endingRows(database, {
      table: idempotentAnswers,
      isDue: (before) => lt(idempotentAnswers.expiresAt, before),
    }),
  };

  async function read(appId: string, key: string, requestHash: Uint8Array): Promise<IdempotentStart> {
    const [found] = await database.db.select().from(idempotentAnswers).where(row(appId, key));
    if (!found) return { state: 'running' };
    if (Buffer.compare(found.requestHash, requestHash) !== 0) return { state: 'other-request' };
    if (!found.answer) return { state: 'running' };
    return { state: 'answered', answer: secretBox.openText(found.answer, answerContext(appId, key)) };
  }
}

export function answerContext(appId: string, key: string): string {
  return `idempotent-answer:${appId}:${key}`;
}

export interface IdempotencyDependencies {
  readonly database: Database;
  readonly secretBox: SecretBox;
  readonly clock: Clock;
}
