/** One more server process's worth of platform on the database of a test's platform, as behind a load balancer. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../apps/server/src/config.ts';
import type { Clock } from '../../apps/server/src/kernel/clock.ts';
import { createLogger } from '../../apps/server/src/kernel/log.ts';
import { TEST_MASTER_KEY } from '../../apps/server/src/kernel/testing/test-database.ts';
import { type RunningServer, startServer } from '../../apps/server/src/server.ts';

export interface SecondServer extends RunningServer {
  readonly dataFolder: string;
  /** What it has logged so far. */
  logged(): string;
}

export interface SecondServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
}

export async function startSecondServer(databaseUrl: string, options: SecondServerOptions = {}): Promise<SecondServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'signet-second-'));
  const config = loadConfig({
    PORT: '0',
    SIGNET_DATA: dataFolder,
    DATABASE_URL: databaseUrl,
    SIGNET_MASTER_KEY: Buffer.from(TEST_MASTER_KEY).toString('hex'),
    ...options.environment,
  });
  const lines: string[] = [];
  const log = createLogger({ logLevel: 'debug', destination: { write: (line) => void lines.push(line) } });
  const server = await startServer(config, log, options.clock ? { clock: options.clock } : {});
  return {
    ...server,
    dataFolder,
    logged: () => lines.join(''),
    close: async () => {
      await server.close();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
