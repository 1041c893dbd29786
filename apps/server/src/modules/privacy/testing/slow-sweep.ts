/** A process of its own that sweeps nonces in very small parts, for tests that kill it: `slow-sweep.ts DATABASE_URL`. */
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../kernel/clock.ts';
import { openDatabase } from '../../../kernel/database.ts';
import { silentLog } from '../../../kernel/log.ts';
import type { EndingData } from '../../../kernel/retention.ts';
import { createReplayGuard } from '../../apps/index.ts';
import { RETENTION_KINDS } from '../rules.ts';
import type { EndingSources } from '../sources.ts';
import { createSweep } from '../sweep.ts';

const PAUSE_MS = 50;
const NOTHING: EndingData = { count: async () => 0, erase: async () => 0 };

const database = await openDatabase({ databaseUrl: process.argv[2], dataFolder: '' }, silentLog);
const { ending } = createReplayGuard({ database, clock: systemClock });
const nonces: EndingData = {
  ...ending,
  erase: async (before, limit) => {
    const erased = await ending.erase(before, limit);
    process.stdout.write(`erased ${erased}\n`);
    await pause(PAUSE_MS);
    return erased;
  },
};
const nothing = Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, NOTHING])) as EndingSources;
const days = { days: 1, setting: '' };
const periods = {
  ...{ uploads: days, unusedVerifications: days, usedVerifications: days, callbacks: days },
  ...{ deadCallbacks: days, smsRecords: days, audit: days },
};
const sources = { ...nothing, nonces };
await createSweep({ database, clock: systemClock, log: silentLog, periods, sources, erasedAtOnce: 10 }).run();
await database.close();
