/**
 * A real PostgreSQL server inside the data folder: own unix socket and no TCP port, a random password, one owner at a time. It is
 * started again when it dies, and an orphan of a killed run is stopped before a new start (docs/decisions/0002).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedBinaries, findEmbeddedBinaries } from './embedded-binaries.ts';
import {
  DATABASE_USER,
  type EmbeddedCluster,
  POSTGRES_ENVIRONMENT,
  prepareCluster,
  readClusterPassword,
  runAs,
} from './embedded-cluster.ts';
import { acquireFolderLock, type FolderLock, FolderLockedError, findLockHolder } from './folder-lock.ts';
import { InstallationError } from './installation-error.ts';
import type { Logger } from './log.ts';
import { clearFormerServer, FAST_SHUTDOWN, isAcceptingConnections } from './postmaster.ts';

const LOCK_FILE = 'postgres.lock';
const RUNNING_FILE = 'postgres-running.json';
const SOCKET_PORT = 5432;
const POLL_MS = 10;

// A former owner that is still shutting down gets this long; a foreign lock (another container) goes stale after 20 s.
const LOCK_WAIT_MS = 5_000;
const START_LIMIT_MS = 300_000;
const RESTART_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  wal_compression: 'on',
  max_wal_size: '1GB',
  random_page_cost: '1.1',
  // Every statement here is short: compiling it costs more than running it.
  jit: 'off',
  // Worker processes for reads only pay off on data sets far larger than an installation's.
  io_method: 'sync',
  timezone: 'UTC',
  password_encryption: 'scram-sha-256',
  // Statements and error details hold personal data and never go to the server's log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

export interface EmbeddedPostgres {
  readonly address: DatabaseAddress;
  /** Process number of the running server. */
  pid(): number;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataFolder: string;
  readonly log: Logger;
  /** Overrides of server settings. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dataFolder } = options;
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const locks = [await lockFolder(dataFolder)];
  const unlock = async (): Promise<void> => {
    for (const lock of locks) await lock.release();
  };

  try {
    const binaries = findEmbeddedBinaries();
    const place = await prepareCluster(dataFolder, binaries, options.log);
    // A copied data folder still points at the one cluster outside, which then has its own lock.
    if (!place.base.startsWith(dataFolder)) locks.push(await lockFolder(place.base));

    const server = await startServer(binaries, place, options);
    return {
      address: addressOf(place.socketFolder, place.password),
      pid: () => server.pid,
      stop: async () => {
        await server.stop();
        await rm(join(dataFolder, RUNNING_FILE), { force: true });
        if (place.socketFolder !== place.base) await rm(place.socketFolder, { recursive: true, force: true });
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function startServer(
  binaries: EmbeddedBinaries,
  place: EmbeddedCluster,
  options: EmbeddedOptions,
): Promise<SupervisedServer> {
  if (await clearFormerServer(place.cluster, place.socketFolder)) {
    options.log.warn('the database server of a run that had been killed was stopped', { path: place.cluster });
  }
  const server = new SupervisedServer(binaries, place, options);
  await server.start();

  const text = JSON.stringify({ socketFolder: place.socketFolder });
  await writeFile(join(options.dataFolder, RUNNING_FILE), `${text}\n`, { mode: 0o600 });
  return server;
}

/** The address of the server that another process of ours runs in this data folder, if one does. */
export async function findRunningPostgres(dataFolder: string): Promise<DatabaseAddress | undefined> {
  if ((await findLockHolder(join(dataFolder, LOCK_FILE))) === undefined) return undefined;

  const running = await readFile(join(dataFolder, RUNNING_FILE), 'utf8').catch(() => undefined);
  const password = await readClusterPassword(dataFolder);
  if (running === undefined || password === undefined) return undefined;
  return addressOf((JSON.parse(running) as { socketFolder: string }).socketFolder, password);
}

async function lockFolder(folder: string): Promise<FolderLock> {
  try {
    return await acquireFolderLock(join(folder, LOCK_FILE), LOCK_WAIT_MS);
  } catch (error) {
    if (!(error instanceof FolderLockedError)) throw error;
    throw new InstallationError(
      `The data folder ${folder} is in use by process ${error.pid}.`,
      'stop that server first, or give this one its own folder with SIGNET_DATA.',
      { cause: error },
    );
  }
}

function addressOf(socketFolder: string, password: string): DatabaseAddress {
  return { host: socketFolder, port: SOCKET_PORT, user: DATABASE_USER, password, database: 'postgres' };
}

class SupervisedServer {
  private readonly binaries: EmbeddedBinaries;
  private readonly place: EmbeddedCluster;
  private readonly log: Logger;
  private readonly flags: string[];
  private readonly logFile: string;
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private isStopping = false;
  // A fault that ends our process without a stop must not leave the server behind; a killed process does, see postmaster.ts.
  private readonly onProcessExit = (): void => void this.child?.kill(FAST_SHUTDOWN);

  constructor(binaries: EmbeddedBinaries, place: EmbeddedCluster, options: EmbeddedOptions) {
    this.binaries = binaries;
    this.place = place;
    this.log = options.log;
    this.logFile = join(place.base, 'server.log');
    const settings = { ...SETTINGS, ...options.settings, unix_socket_directories: place.socketFolder };
    process.once('exit', this.onProcessExit);
    this.flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  }

  get pid(): number {
    return this.child?.pid ?? 0;
  }

  async start(): Promise<void> {
    const child = this.spawnServer();
    let hasExited = false;
    this.child = child;
    this.exited = new Promise((resolve) => {
      child.once('exit', () => {
        hasExited = true;
        resolve();
      });
    });

    const deadline = performance.now() + START_LIMIT_MS;
    while (!isAcceptingConnections(this.place.cluster, this.pid)) {
      if (hasExited || performance.now() > deadline) {
        child.kill(FAST_SHUTDOWN);
        throw this.startError();
      }
      await sleep(POLL_MS);
    }
    child.once('exit', () => void this.restart());
    if (hasExited) void this.restart();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.child?.kill(FAST_SHUTDOWN);
    await this.exited;
    process.off('exit', this.onProcessExit);
  }

  /** The postmaster was killed or crashed: what it had committed is in its log, so start again and keep trying. */
  private async restart(): Promise<void> {
    for (let pause = RESTART_PAUSE_MS; !this.isStopping; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      this.log.error('the embedded database server ended unexpectedly and is started again', { path: this.logFile });
      await sleep(pause);
      if (this.isStopping) return;
      try {
        await clearFormerServer(this.place.cluster, this.place.socketFolder);
        return await this.start();
      } catch (err) {
        this.log.error('the embedded database server does not start', { err });
      }
    }
  }

  private spawnServer(): ChildProcess {
    // A fresh file at each start: the server writes warnings only, and nobody rotates it.
    const output = openSync(this.logFile, 'w', 0o600);
    const child = spawn(this.binaries.postgres, ['-D', this.place.cluster, ...this.flags], {
      cwd: this.place.base,
      env: POSTGRES_ENVIRONMENT,
      stdio: ['ignore', output, output],
      // A session of its own: Ctrl-C in the terminal must reach us first, so that work drains before the database goes.
      detached: true,
      ...runAs(this.binaries.user),
    });
    closeSync(output);
    child.once('error', (err) => this.log.error('the embedded database server cannot be run', { err }));
    return child;
  }

  private startError(): InstallationError {
    const tail = readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-5).join(' | ');
    return new InstallationError(
      `The embedded database server did not start: ${tail || 'it said nothing'}.`,
      `read ${this.logFile}; check disk space, memory and permissions.`,
    );
  }
}
