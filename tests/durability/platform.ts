/** Real server processes on one database and one data folder, to be run side by side and to be killed. */
import { createSignetClient, type SignetClient } from '@signet/sdk';
import pg from 'pg';
import { type DatabaseAddress, findRunningPostgres } from '../../apps/server/src/kernel/embedded-postgres.ts';
import { createInstallation, type ServerProcess } from '../lifecycle/installation.ts';

const APP = { appKey: 'durability', appSecret: 'durability-secret' };

export interface Server extends ServerProcess {
  readonly client: SignetClient;
}

export interface Platform {
  /** A server with its embedded PostgreSQL. */
  start(): Promise<Server>;
  /** One more server on the database and the data folder of a running one. */
  startBeside(): Promise<Server>;
  /** Rows of the running server's database. */
  query<Row extends pg.QueryResultRow>(statement: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Empty when `signet verify-evidence` finds nothing wrong; otherwise what it says. */
  evidenceFaults(): Promise<string>;
  remove(): Promise<void>;
}

export function createPlatform(): Platform {
  const installation = createInstallation();
  const settings = { SIGNET_APP_KEY: APP.appKey, SIGNET_APP_SECRET: APP.appSecret, SIGNET_LOG_LEVEL: 'warn' };

  const address = async (): Promise<DatabaseAddress> => {
    const running = await findRunningPostgres(installation.dataFolder);
    if (!running) throw new Error('no server runs');
    return running;
  };
  const start = async (more: Record<string, string> = {}): Promise<Server> => {
    const server = await installation.start({ ...settings, ...more });
    return { ...server, client: createSignetClient({ baseUrl: server.url, ...APP }) };
  };
  return {
    start: () => start(),
    startBeside: async () => start({ DATABASE_URL: toUrl(await address()) }),
    query: async <Row extends pg.QueryResultRow>(statement: string, values: readonly unknown[] = []) => {
      const connection = new pg.Client({ ...(await address()) });
      await connection.connect();
      try {
        return (await connection.query<Row>(statement, [...values])).rows;
      } finally {
        await connection.end();
      }
    },
    evidenceFaults: async () => {
      const { code, output } = await installation.run('signet', ['verify-evidence']);
      return code === 0 ? '' : output;
    },
    remove: installation.remove,
  };
}

function toUrl({ host, port, user, password, database }: DatabaseAddress): string {
  return `postgresql://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${database}`;
}
