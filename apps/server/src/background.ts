/** What runs beside the requests: owed signatures, silent turns, messages, expiry, checkpoints, the sweep. */
import { z } from 'zod';
import type { CronEntry, Task } from './kernel/jobs.ts';
import { SEAL_TASK, SIGN_SILENTLY_TASK } from './modules/contracts/index.ts';
import { CERTIFY_ACCOUNT_TASK } from './modules/identity/index.ts';
import { SWEEP_TASK } from './modules/privacy/index.ts';
import type { Modules } from './platform.ts';

const DEBTS = 'contracts.take-up-debts';
const EXPIRE = 'contracts.expire';
const CHECKPOINT = 'evidence.checkpoint';

const partyJob = z.object({
  appId: z.string(),
  contractId: z.string(),
  partyId: z.string(),
  accountId: z.string(),
});

const certifyJob = z.object({ appId: z.string(), accountId: z.string(), verificationId: z.string() });

export function backgroundTasks(modules: Modules): Record<string, Task> {
  const { signing, contracts, checkpoints, messaging, callbacks, identity, users, privacy } = modules;
  return {
    ...messaging.tasks,
    ...callbacks.tasks,
    ...identity.tasks,
    [CERTIFY_ACCOUNT_TASK]: (payload) => users.certifyAccount(certifyJob.parse(payload)),
    [SEAL_TASK]: (payload) => signing.debtTurn(partyJob.parse(payload)),
    [SIGN_SILENTLY_TASK]: (payload) => signing.silentTurn(partyJob.parse(payload)),
    [DEBTS]: () => contracts.sealing.takeUpLost(),
    [EXPIRE]: async () => void (await contracts.expireOverdue()),
    [CHECKPOINT]: async () => void (await checkpoints.take()),
    [SWEEP_TASK]: (_payload, { signal }) => privacy.retention.run(signal),
  };
}

export function backgroundSchedule({ callbacks, identity }: Modules): CronEntry[] {
  return [
    ...callbacks.cron,
    ...identity.cron,
    { task: DEBTS, match: '7 * * * *' },
    { task: EXPIRE, match: '* * * * *' },
    { task: CHECKPOINT, match: '* * * * *' },
    { task: SWEEP_TASK, match: '*/5 * * * *' },
  ];
}
