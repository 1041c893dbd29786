/** What runs beside the requests: owed signatures, silent turns, messages, expiry, checkpoints, clean-up. */
import { z } from 'zod';
import type { CronEntry, Task } from './kernel/jobs.ts';
import { SEAL_TASK, SIGN_SILENTLY_TASK } from './modules/contracts/index.ts';
import { CERTIFY_ACCOUNT_TASK } from './modules/identity/index.ts';
import type { Modules } from './platform.ts';

const EXPIRE = 'contracts.expire';
const CHECKPOINT = 'evidence.checkpoint';
const PURGE = 'purge-expired';

const partyJob = z.object({
  appId: z.string(),
  contractId: z.string(),
  partyId: z.string(),
  accountId: z.string(),
});

const certifyJob = z.object({ appId: z.string(), accountId: z.string(), verificationId: z.string() });

export function backgroundTasks(modules: Modules): Record<string, Task> {
  const {
    signing,
    contracts,
    checkpoints,
    messaging,
    callbacks,
    identity,
    users,
    replayGuard,
    idempotency,
    downloads,
    tickets,
    operators,
  } = modules;
  return {
    ...messaging.tasks,
    ...callbacks.tasks,
    ...identity.tasks,
    [CERTIFY_ACCOUNT_TASK]: (payload) => users.certifyAccount(certifyJob.parse(payload)),
    [SEAL_TASK]: (payload) => signing.payDebt(partyJob.parse(payload)),
    [SIGN_SILENTLY_TASK]: (payload) => signing.silentTurn(partyJob.parse(payload)),
    [EXPIRE]: async () => void (await contracts.expireOverdue()),
    [CHECKPOINT]: async () => void (await checkpoints.take()),
    [PURGE]: async () => {
      await replayGuard.purgeExpired();
      await idempotency.purgeExpired();
      await downloads.purgeExpired();
      await tickets.purgeExpired();
      await operators.sessions.purgeExpired();
    },
  };
}

export function backgroundSchedule({ messaging, callbacks, identity }: Modules): CronEntry[] {
  return [
    ...messaging.cron,
    ...callbacks.cron,
    ...identity.cron,
    { task: EXPIRE, match: '* * * * *' },
    { task: CHECKPOINT, match: '* * * * *' },
    { task: PURGE, match: '*/5 * * * *' },
  ];
}
