import { z } from 'zod';
import type { CronEntry, Task } from '../../kernel/jobs.ts';
import { createAcknowledging } from './acknowledging.ts';
import { createDelivery } from './delivery.ts';
import type { CallbacksDependencies } from './dependencies.ts';
import { createEnding } from './ending.ts';
import type { CallbackEvent } from './event.ts';
import { createLanes, DELIVER_TASK } from './lanes.ts';
import { createOperations } from './operations.ts';
import { createPublish } from './publishing.ts';
import { CALLBACK_TIMING } from './schedule.ts';
import { createSender } from './sender.ts';
import * as store from './store.ts';

const SWEEP_TASK = 'callbacks.sweep';
const RESUME_TASK = 'callbacks.resume';

/** The usual way, a job of the lane's own, has had its chance by then. */
const SWEEP_GRACE_MS = 15_000;
const LANES_PER_SWEEP = 5_000;

const laneJob = z.object({ appId: z.string(), subject: z.string() });

export type Callbacks = ReturnType<typeof createCallbacks>;

/** Events for apps: kept in the transaction of what they tell about, sent afterwards, in the order of each subject. */
export function createCallbacks(dependencies: CallbacksDependencies) {
  const { database, clock, jobs, renderer } = dependencies;
  const parts = { ...dependencies, timing: dependencies.timing ?? CALLBACK_TIMING };
  const lanes = createLanes(parts);
  const delivery = createDelivery(parts, lanes);
  const sender = createSender(parts, delivery);

  const tasks: Readonly<Record<string, Task>> = {
    [DELIVER_TASK]: async (payload) => sender.send(laneJob.parse(payload)),
    [SWEEP_TASK]: () => sweep(SWEEP_GRACE_MS),
    [RESUME_TASK]: () => sweep(0),
  };
  const cron: readonly CronEntry[] = [{ task: SWEEP_TASK, match: '* * * * *' }];

  return {
    /** Part of the caller's transaction; goes out after its commit. Several events of one app are cheaper together. */
    publish: createPublish(parts, lanes),
    ...createAcknowledging(parts, lanes),
    ...createOperations(parts, lanes),
    /** Every name under which an app switches events on. */
    businessTypes: renderer.businessTypes,
    businessTypeOf: (type: CallbackEvent['type']): string => renderer.businessTypeOf(type),
    tasks,
    cron,
    /** Attempts and settled events by their age; those that were given up are a kind of their own. */
    ending: createEnding(database),
    /** Has what a killed server left without a job taken up; called at the start. */
    resume: () => database.transaction((tx) => jobs.add(tx, RESUME_TASK, {}, { jobKey: RESUME_TASK })),
    /** Takes no more; what is being sent has a few seconds to end, then it is given back. */
    stop: sender.stop,
  };

  async function sweep(graceMs: number): Promise<void> {
    const now = clock.now();
    const due = new Date(now.getTime() - graceMs);
    await delivery.handOver(await store.overdueLanes(database.db, due, now, LANES_PER_SWEEP));
  }
}
