/** A process of its own that takes a job and never finishes it, for tests that kill it: `hanging-worker.ts DATABASE_URL`. */
import { openDatabase } from '../database.ts';
import { createJobs } from '../jobs.ts';
import { silentLog } from '../log.ts';

const database = await openDatabase({ databaseUrl: process.argv[2], dataFolder: '' }, silentLog);
const jobs = createJobs({ database, log: silentLog });

const hang = async (): Promise<void> => {
  process.stdout.write('taken\n');
  await new Promise(() => undefined);
};
await jobs.start({ tasks: { hang } });
