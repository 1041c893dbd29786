/** Callbacks on a database of their own, with a real receiver, the real queue and pauses that a test can wait for. */
import { eq, sql } from 'drizzle-orm';
import { type Clock, systemClock } from '../../../kernel/clock.ts';
import type { Database } from '../../../kernel/database.ts';
import { createHttpClient, type HttpClientOptions } from '../../../kernel/http-client.ts';
import { createJobs } from '../../../kernel/jobs.ts';
import { silentLog } from '../../../kernel/log.ts';
import { createSecretBox } from '../../../kernel/secret-box.ts';
import { createTestDatabase, TEST_MASTER_KEY } from '../../../kernel/testing/test-database.ts';
import { callbackRenderer } from '../../../surfaces/open-api/callback-body.ts';
import { openCallbackInbox, type ReceivedCallback, waitFor } from '../../../testing/callback-inbox.ts';
import { createApps } from '../../apps/index.ts';
import { type CallbackTiming, createCallbacks, type NewCallback } from '../index.ts';
import { callbackEvents } from '../schema.ts';

/** Nine tries as in life, within a second; a busy machine is no slow receiver. */
export const QUICK: CallbackTiming = {
  deadlineMs: 10_000,
  claimMs: 12_000,
  retryMs: [40, 50, 60, 70, 80, 90, 100, 110],
  reminderMs: [60, 120, 180, 240, 300],
};

export interface FixtureOptions {
  readonly clock?: Clock;
  readonly timing?: Partial<CallbackTiming>;
  readonly httpClient?: Partial<HttpClientOptions>;
  /** Happens between a look that found a lane empty and the removal of its job. */
  readonly beforeRemove?: () => Promise<void>;
}

export type CallbacksFixture = Awaited<ReturnType<typeof openCallbacks>>;

export async function openCallbacks(options: FixtureOptions = {}) {
  const { clock = systemClock } = options;
  const test = await createTestDatabase();
  const { database } = test;
  const inbox = await openCallbackInbox();
  const apps = createApps({ database, clock, secretBox: createSecretBox(TEST_MASTER_KEY) });
  const { app, callbackSecret } = await apps.create({
    ...{ name: 'test', callbackUrl: inbox.url, callbackTypes: callbackRenderer.businessTypes },
  });
  const servers: { stop(): Promise<void> }[] = [];

  /** One more server of the same installation; it works the queue unless told otherwise. */
  const server = async (handle: Database = test.connect(), working = true) => {
    const queue = createJobs({ database: handle, log: silentLog, pollIntervalMs: 20 });
    const jobs: typeof queue = {
      ...queue,
      remove: async (tx, jobKey) => {
        await options.beforeRemove?.();
        await queue.remove(tx, jobKey);
      },
    };
    const callbacks = createCallbacks({
      ...{ database: handle, clock, log: silentLog, apps, jobs, renderer: callbackRenderer },
      httpClient: createHttpClient({ allow: ['127.0.0.0/8'], ...options.httpClient }),
      timing: { ...QUICK, ...options.timing },
    });
    const stop = async (): Promise<void> => {
      await jobs.stop();
      await callbacks.stop();
    };
    servers.push({ stop });
    if (working) await jobs.start({ tasks: callbacks.tasks });
    return { callbacks, stop };
  };

  const first = await server(database, clock === systemClock);
  const { callbacks } = first;
  return {
    ...{ ...first, database, inbox, apps, app, callbackSecret, clock, server },
    publish: (...events: readonly [NewCallback, ...NewCallback[]]) =>
      database.transaction((tx) => callbacks.publish(tx, ...events)),
    /** The numbered event of a contract. */
    event: (contractId: string, number: number): NewCallback => numbered(app.id, contractId, number),
    /** In the order of publishing. */
    rows: () => database.db.select().from(callbackEvents).orderBy(callbackEvents.position),
    /** Looks at the lane as its job would, for a clock that stands still. */
    deliver: async (contractId: string): Promise<void> => {
      await callbacks.tasks['callbacks.deliver']?.({ appId: app.id, subject: `contract:${contractId}` }, JOB);
    },
    statusOf: async (number: number) =>
      (await database.db.select().from(callbackEvents).orderBy(callbackEvents.position))[number - 1]?.status,
    /** Waits until nothing is pending or under way. */
    settled: () =>
      waitFor(
        async () => {
          const busy = sql`${callbackEvents.status} = 'pending' or ${callbackEvents.claimedUntil} is not null`;
          return (await database.db.$count(callbackEvents, busy)) === 0;
        },
        () => 'something is still to be sent',
      ),
    /** Waits until nobody sends anything. */
    quiet: () =>
      waitFor(
        async () => (await database.db.$count(callbackEvents, sql`${callbackEvents.claimedUntil} is not null`)) === 0,
        () => 'something is still being sent',
      ),
    waitForStatus: (transactionId: string, status: string) =>
      waitFor(
        async () => {
          const [row] = await database.db.select().from(callbackEvents).where(eq(callbackEvents.id, transactionId));
          return row?.status === status;
        },
        () => `${transactionId} did not become ${status}`,
      ),
    close: async (): Promise<void> => {
      for (const each of servers) await each.stop();
      await inbox.close();
      await test.drop();
    },
  };
}

const JOB = { jobId: '1', attempt: 1, maxAttempts: 25, signal: undefined };

export function numbered(appId: string, contractId: string, number: number): NewCallback {
  return {
    ...{ appId, subject: `contract:${contractId}`, businessCode: null },
    event: {
      type: 'party-settled',
      data: { contractId, accountId: `party-${number}`, status: 'signed', signedAt: null, refuseReason: null },
    },
  };
}

/** `CONTRACT/NUMBER` of numbered events, as they came. */
export function namesOf(received: readonly ReceivedCallback[]): string[] {
  return received.map(({ json }) => `${json.contractId}/${String(json.accountId).replace('party-', '')}`);
}
