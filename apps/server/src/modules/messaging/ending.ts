import { lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { type EndingData, endingCells, endingRows, endingTogether } from '../../kernel/retention.ts';
import { smsCodes, smsCounters, smsMessages } from './schema.ts';

/** By when they were made. */
export interface MessagingEnding {
  readonly texts: EndingData;
  /** With the counters of the limits. */
  readonly codes: EndingData;
  /** What is known of a message without its text. */
  readonly records: EndingData;
}

export function createEnding(database: Database): MessagingEnding {
  const messages = { table: smsMessages, isDue: (before: Date) => lt(smsMessages.createdAt, before) };
  return {
    // The message stays known, what it said does not.
    texts: endingCells(database, { ...messages, column: smsMessages.sealed }),
    codes: endingTogether(
      endingRows(database, { table: smsCodes, isDue: (before) => lt(smsCodes.createdAt, before) }),
      endingRows(database, { table: smsCounters, isDue: (before) => lt(smsCounters.windowStart, before) }),
    ),
    records: endingRows(database, messages),
  };
}
