/**
 * A server process for tests that kill it: short pauses between tries, and commands of its own that publish events. Each command
 * writes one line of a ledger in the same transaction, so that the ledger says what must arrive.
 */
import { sql } from 'drizzle-orm';
import { loadConfig } from '../../apps/server/src/config.ts';
import { ensureFirstApp } from '../../apps/server/src/first-app.ts';
import { createLogger } from '../../apps/server/src/kernel/log.ts';
import { type RunningServer, startServer } from '../../apps/server/src/server.ts';
import { createRandom } from '../durability/random.ts';

/** Enough tries that none is given up, and few hours. */
const TIMING = {
  deadlineMs: 1_000,
  claimMs: 1_500,
  retryMs: Array.from({ length: 40 }, (_, i) => 50 + 10 * i),
  reminderMs: [3_600_000],
};

const WRITERS = 4;

/** Arguments: how many events this life may publish, over how many contracts, and the seed. */
const [quota = 0, contracts = 1, seed = 1] = process.argv.slice(2).map(Number);

const config = loadConfig();
const server = await startServer(config, createLogger(config), { callbackTiming: TIMING });
await ensureFirstApp(config, server.modules);
const [app] = await server.modules.apps.list();
console.log(`Signet is ready: ${server.url}`);

const random = createRandom(seed);
let published = 0;
await Promise.all(Array.from({ length: WRITERS }, () => write(server, app?.id ?? '')));

async function write({ foundation, modules }: RunningServer, appId: string): Promise<void> {
  while (published < quota) {
    published += 1;
    const contractId = `C${random.below(contracts)}`;
    await foundation.database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${contractId}))`);
      const { rows } = await tx.execute<{ number: number }>(sql`insert into callback_ledger (contract_id, number)
        select ${contractId}, count(*) + 1 from callback_ledger where contract_id = ${contractId} returning number`);
      const accountId = String(rows[0]?.number);
      await modules.callbacks.publish(tx, {
        ...{ appId, subject: `contract:${contractId}`, businessCode: null },
        event: {
          type: 'party-settled',
          data: { contractId, accountId, status: 'signed', signedAt: null, refuseReason: null },
        },
      });
    });
  }
}
