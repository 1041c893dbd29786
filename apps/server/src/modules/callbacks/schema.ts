import { sql } from 'drizzle-orm';
import { bigserial, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { bytea, instant } from '../../kernel/columns.ts';
import type { CallbackEvent, DeliveryStatus } from './event.ts';

/** The outbox: an event is written in the transaction of what it tells about. */
export const callbackEvents = pgTable(
  'callback_events',
  {
    /** transactionId on the wire, `webhook-id` in the headers; the same on every try. */
    id: text('id').primaryKey(),
    appId: text('app_id').notNull(),
    /** Events of one subject go out in the order of `position`. */
    subject: text('subject').notNull(),
    position: bigserial('position', { mode: 'number' }).notNull(),
    type: text('type').$type<CallbackEvent['type']>().notNull(),
    data: jsonb('data').$type<CallbackEvent['data']>().notNull(),
    businessCode: text('business_code'),
    occurredAt: instant('occurred_at').notNull(),
    status: text('status').$type<DeliveryStatus>().notNull(),
    /** Tries of the present schedule; a re-send starts a new one. */
    tries: integer('tries').notNull().default(0),
    /** Of a pending event the next try, of a delivered one the next reminder. */
    nextTryAt: instant('next_try_at'),
    /** Whoever sends it right now keeps others away until then; also the token by which its result counts. */
    claimedUntil: instant('claimed_until'),
    deliveredAt: instant('delivered_at'),
    confirmedAt: instant('confirmed_at'),
    /** Further sends of a delivered event that was not confirmed. */
    reminders: integer('reminders').notNull().default(0),
  },
  (table) => [
    uniqueIndex('callback_events_order').on(table.subject, table.appId, table.position),
    index('callback_events_due').on(table.nextTryAt).where(sql`${table.nextTryAt} is not null`),
    index('callback_events_app').on(table.appId, table.occurredAt),
    index('callback_events_age').on(table.occurredAt),
    // What an operator looks for among very many delivered ones.
    index('callback_events_dead').on(table.occurredAt).where(sql`${table.status} = 'dead'`),
  ],
);

/** One try to deliver: what was sent and what came back. */
export const callbackAttempts = pgTable(
  'callback_attempts',
  {
    id: text('id').primaryKey(),
    eventId: text('event_id')
      .notNull()
      .references(() => callbackEvents.id),
    at: instant('at').notNull(),
    url: text('url').notNull(),
    milliseconds: integer('milliseconds').notNull(),
    requestHeaders: jsonb('request_headers').$type<Readonly<Record<string, string>>>().notNull(),
    status: integer('status'),
    /** The beginning of the answer's body. */
    answer: bytea('answer'),
    failure: text('failure'),
  },
  (table) => [
    index('callback_attempts_event').on(table.eventId, table.at),
    index('callback_attempts_age').on(table.at),
  ],
);
