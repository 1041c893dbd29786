import { createHash } from 'node:crypto';
import type { Tx } from '../../kernel/database.ts';
import { newId19, opaqueToken } from '../../kernel/ids.ts';
import { endingRows } from '../../kernel/retention.ts';
import { actorOf, type LoggedIn, type NewSession, type OperatorsContext } from './dependencies.ts';
import { operatorSessions } from './schema.ts';
import { beginSession, judgeSession } from './session.ts';
import * as sessionStore from './session-store.ts';
import { type OperatorRow, toOperator } from './store.ts';

const TOKEN_BYTES = 32;

export interface ResumedSession extends LoggedIn {
  /** The cookie's next token; undefined while the present one stays. */
  readonly newToken: string | undefined;
}

export function createSessions({ database, clock, audit }: Pick<OperatorsContext, 'database' | 'clock' | 'audit'>) {
  return {
    /** Whose session a token is; undefined when it is nobody's or its time is over. An old token ends the session. */
    async resume(token: string, ip: string): Promise<ResumedSession | undefined> {
      const tokenHash = hashOf(token);
      const found = await sessionStore.findByToken(database.db, tokenHash);
      if (!found || found.operator.disabledAt) return undefined;
      const { session } = found;
      const operator = toOperator(found.operator);
      const loggedIn = { operator, sessionId: session.id };
      const now = clock.now();
      const isPrevious = Buffer.compare(session.tokenHash, tokenHash) !== 0;

      switch (judgeSession(session, isPrevious, now)) {
        case 'ended':
          return undefined;
        case 'stolen':
          await database.transaction(async (tx) => {
            await sessionStore.remove(tx, session.id);
            await audit.record(tx, actorOf(operator, ip), { action: 'session-ended', detail: { reason: 'old-token' } });
          });
          return undefined;
        case 'due':
          return { ...loggedIn, newToken: await rotate(session) };
        case 'seen':
          await database.transaction((tx) => sessionStore.noteUse(tx, session.id, now));
          return { ...loggedIn, newToken: undefined };
        case 'current':
          return { ...loggedIn, newToken: undefined };
      }
    },

    /** 退出 */
    async end({ operator, sessionId }: LoggedIn, ip: string): Promise<void> {
      await database.transaction(async (tx) => {
        await sessionStore.remove(tx, sessionId);
        await audit.record(tx, actorOf(operator, ip), { action: 'logged-out' });
      });
    },

    ending: endingRows(database, { table: operatorSessions, isDue: sessionStore.isOver }),
  };

  /** Undefined when another request was first: its answer brings the new token, ours must not bring a second one. */
  async function rotate(session: sessionStore.SessionRow): Promise<string | undefined> {
    const token = opaqueToken(TOKEN_BYTES);
    const now = clock.now();
    const change = { tokenHash: hashOf(token), previousTokenHash: session.tokenHash, rotatedAt: now, lastSeenAt: now };
    const isOurs = await database.transaction((tx) => sessionStore.replaceToken(tx, session, change));
    return isOurs ? token : undefined;
  }
}

/** @param formerToken of the cookie that the login came with; its session ends, so that nobody's planted cookie lives on. */
export async function openSession(tx: Tx, operator: OperatorRow, now: Date, formerToken?: string): Promise<NewSession> {
  if (formerToken !== undefined) await sessionStore.removeByToken(tx, hashOf(formerToken));
  const token = opaqueToken(TOKEN_BYTES);
  const id = newId19();
  const row = { id, operatorId: operator.id, tokenHash: hashOf(token), previousTokenHash: null, ...beginSession(now) };
  await sessionStore.insert(tx, row);
  return { operator: toOperator(operator), sessionId: id, token };
}

/** After a change of password or TOTP: whatever was open ends, and this operator goes on with a session of its own. */
export async function renewSession(tx: Tx, operator: OperatorRow, now: Date): Promise<NewSession> {
  await sessionStore.removeAllOf(tx, operator.id);
  return openSession(tx, operator, now);
}

function hashOf(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}
