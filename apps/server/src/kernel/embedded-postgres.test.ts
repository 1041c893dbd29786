import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DatabaseAddress,
  type EmbeddedPostgres,
  findRunningPostgres,
  startEmbeddedPostgres,
} from './embedded-postgres.ts';
import { createLogger, silentLog } from './log.ts';

let dataFolder: string;
let running: EmbeddedPostgres[];
/** Folders that a run as root made outside the data folder. */
let outside: string[];

beforeEach(() => {
  const parent = mkdtempSync(join(tmpdir(), 'signet-embedded-'));
  execFileSync('chmod', ['755', parent]);
  dataFolder = join(parent, 'data');
  mkdirSync(dataFolder, { mode: 0o711 });
  running = [];
  outside = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  for (const folder of [...outside, join(dataFolder, '..')]) rmSync(folder, { recursive: true, force: true });
});

async function start(folder = dataFolder): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataFolder: folder, log: silentLog });
  running.push(server);
  return server;
}

async function stop(server: EmbeddedPostgres): Promise<void> {
  running = running.filter((other) => other !== server);
  await server.stop();
}

async function query(address: DatabaseAddress, text: string): Promise<unknown[]> {
  const client = new pg.Client({ ...address });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe('embedded PostgreSQL', () => {
  it('keeps its data over a stop and a start', async () => {
    const first = await start();
    await query(first.address, 'create table kept as select 42 as answer');
    await stop(first);

    const second = await start();

    expect(await query(second.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is durable, in UTF-8, without a TCP port', async () => {
    const server = await start();

    const [settings] = await query(
      server.address,
      `select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit,
              current_setting('server_encoding') as encoding, current_setting('listen_addresses') as tcp, current_setting('data_checksums') as checksums`,
    );

    expect(settings).toEqual({ fsync: 'on', pages: 'on', commit: 'on', encoding: 'UTF8', tcp: '', checksums: 'on' });
  });

  it('admits nobody without the password, which only the owner may read', async () => {
    const server = await start();

    await expect(query({ ...server.address, password: 'guess' }, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataFolder, 'postgres-password')).mode & 0o777).toBe(0o600);
  });

  it('refuses a second owner of the same data folder and names the first', async () => {
    await start();

    await expect(start()).rejects.toThrow(`in use by process ${process.pid}`);
  });

  it('runs side by side with another installation', async () => {
    const other = join(dataFolder, '..', 'other');
    mkdirSync(other, { mode: 0o711 });

    const [first, second] = [await start(), await start(other)];

    expect(await query(first.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await query(second.address, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is found by another process only while it runs', async () => {
    expect(await findRunningPostgres(dataFolder)).toBeUndefined();
    const server = await start();

    expect(await findRunningPostgres(dataFolder)).toEqual(server.address);

    await stop(server);
    expect(await findRunningPostgres(dataFolder)).toBeUndefined();
  });

  it('comes back with all committed rows when its process is killed', async () => {
    const server = await start();
    await query(server.address, 'create table kept as select 42 as answer');
    const killed = server.pid();

    process.kill(killed, 'SIGKILL');
    await untilRestarted(server, killed);

    expect(await query(server.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts past a pid file whose number now belongs to another program', async () => {
    const cluster = await stoppedCluster();
    writeFileSync(join(cluster, 'postmaster.pid'), `${process.pid}\n${cluster}\n1\n5432\n\n\n\n`);

    const server = await start();

    expect(await query(server.address, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('starts past the leftovers of an interrupted first start', async () => {
    mkdirSync(join(dataFolder, 'postgres', 'cluster-draft-0000', 'base'), { recursive: true });
    writeFileSync(join(dataFolder, 'postgres', 'cluster-draft-0000.password'), 'old');

    const server = await start();

    expect(await query(server.address, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(execFileSync('ls', [join(dataFolder, 'postgres')], { encoding: 'utf8' })).not.toContain('draft');
  });

  it('names the file to restore when the password is lost', async () => {
    await stoppedCluster();
    rmSync(join(dataFolder, 'postgres-password'));

    await expect(start()).rejects.toThrow(/postgres-password is gone\. Mend: restore that file/);
  });

  it('refuses the data of another PostgreSQL version and says how to move them', async () => {
    const cluster = await stoppedCluster();
    writeFileSync(join(cluster, 'PG_VERSION'), '15\n');

    await expect(start()).rejects.toThrow(/made by PostgreSQL 15, the embedded one is 18\. Mend: .*pg_dump/);
  });

  it('keeps statements and error details out of its log', async () => {
    const server = await start();
    await query(server.address, 'create table people (resident_id text primary key)');
    await query(server.address, "insert into people values ('110101199003078857')");

    await expect(query(server.address, "insert into people values ('110101199003078857')")).rejects.toThrow();

    expect(readFileSync(join(dataFolder, 'postgres', 'server.log'), 'utf8')).not.toContain('110101199003078857');
  });
});

describe.runIf(process.getuid?.() === 0)('embedded PostgreSQL as root', () => {
  it('lives elsewhere when the database user cannot reach the data folder, and says where', async () => {
    const { closed, lines } = unreachableFolder();

    const server = await startOutside(closed, lines);
    await query(server.address, 'create table kept as select 42 as answer');
    await stop(server);
    const again = await startOutside(closed, lines);

    expect(await query(again.address, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(lines.join('')).toContain(`"path":"${recordedFolder(closed)}"`);
  });

  it('does not share that place with a copy of the data folder', async () => {
    const { closed, lines } = unreachableFolder();
    await startOutside(closed, lines);
    const copy = join(closed, '..', 'copy');
    cpSync(closed, copy, { recursive: true });
    rmSync(join(copy, 'postgres.lock'));

    await expect(start(copy)).rejects.toThrow(`in use by process ${process.pid}`);
  });
});

function unreachableFolder(): { closed: string; lines: string[] } {
  const closed = join(dataFolder, 'closed', 'data');
  mkdirSync(closed, { recursive: true });
  execFileSync('chmod', ['700', join(dataFolder, 'closed')]);
  return { closed, lines: [] };
}

async function startOutside(folder: string, lines: string[]): Promise<EmbeddedPostgres> {
  const log = createLogger({ logLevel: 'warn', destination: { write: (line: string) => void lines.push(line) } });
  const server = await startEmbeddedPostgres({ dataFolder: folder, log });
  running.push(server);
  outside.push(recordedFolder(folder));
  return server;
}

function recordedFolder(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'postgres-location.json'), 'utf8')) as { folder: string }).folder;
}

async function stoppedCluster(): Promise<string> {
  await stop(await start());
  return join(dataFolder, 'postgres', 'cluster');
}

async function untilRestarted(server: EmbeddedPostgres, formerPid: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt++) {
    if (server.pid() !== formerPid && (await canQuery(server.address))) return;
    await sleep(20);
  }
  throw new Error('the server was not started again');
}

async function canQuery(address: DatabaseAddress): Promise<boolean> {
  return query(address, 'select 1').then(
    () => true,
    () => false,
  );
}
