import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { type EndingData, endingRows, endingTogether } from '../../kernel/retention.ts';
import { callbackAttempts, callbackEvents } from './schema.ts';

export interface CallbackEnding {
  readonly settled: EndingData;
  /** An operator may still want to send them. */
  readonly dead: EndingData;
}

export function createEnding(database: Database): CallbackEnding {
  return {
    settled: callbacksOf(database, (status) => sql`${status} <> 'dead'`),
    dead: callbacksOf(database, (status) => sql`${status} = 'dead'`),
  };
}

/** Attempts go by their own age, an event when it has none left: one that was sent again lately is still of interest. */
function callbacksOf(database: Database, hasStatus: (status: SQL) => SQL): EndingData {
  return endingTogether(
    endingRows(database, {
      table: callbackAttempts,
      isDue: (before) => sql`${callbackAttempts.at} < ${before} and exists (
        select 1 from callback_events e where e.id = ${callbackAttempts.eventId} and ${hasStatus(sql`e.status`)})`,
    }),
    endingRows(database, {
      table: callbackEvents,
      isDue: (before) => sql`${callbackEvents.occurredAt} < ${before}
        and ${callbackEvents.status} <> 'pending' and ${hasStatus(sql`${callbackEvents.status}`)}
        and (${callbackEvents.claimedUntil} is null or ${callbackEvents.claimedUntil} < ${before})
        and not exists (select 1 from callback_attempts a where a.event_id = ${callbackEvents.id})`,
    }),
  );
}
