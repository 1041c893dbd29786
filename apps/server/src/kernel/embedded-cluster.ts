/** The folders of the embedded PostgreSQL: where they lie, how they are made, who may read them. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { chmod, lchown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { canReach, type EmbeddedBinaries, SYSTEM_FOLDER, type UnixUser } from './embedded-binaries.ts';
import { InstallationError } from './installation-error.ts';
import type { Logger } from './log.ts';

export const DATABASE_USER = 'signet';

const LOCATION_FILE = 'postgres-location.json';
const PASSWORD_FILE = 'postgres-password';
const DRAFT_PREFIX = 'cluster-draft-';

// sockaddr_un holds 104 bytes on macOS and 108 on Linux.
const MAX_SOCKET_PATH = 100;

export interface EmbeddedCluster {
  /** The folder that holds the cluster, its socket and its log. */
  readonly base: string;
  readonly cluster: string;
  readonly socketFolder: string;
  readonly password: string;
}

/** The folder that embedded data live in when they cannot live inside the data folder. */
export async function findRecordedBase(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, LOCATION_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as { folder: string }).folder;
}

export async function readClusterPassword(dataFolder: string): Promise<string | undefined> {
  return readFile(join(dataFolder, PASSWORD_FILE), 'utf8').catch(() => undefined);
}

/** Makes what is missing; safe to repeat after a crash at any point. */
export async function prepareCluster(
  dataFolder: string,
  binaries: EmbeddedBinaries,
  log: Logger,
): Promise<EmbeddedCluster> {
  const base = await prepareBase(dataFolder, binaries.user, log);
  const cluster = join(base, 'cluster');
  await removeDrafts(base);

  const password = existsSync(cluster) ? await readClusterPassword(dataFolder) : await writePassword(dataFolder);
  if (password === undefined) {
    throw new InstallationError(
      `The database in ${cluster} is there, but its password file ${join(dataFolder, PASSWORD_FILE)} is gone.`,
      'restore that file from a backup of the data folder.',
    );
  }

  if (!existsSync(cluster)) await initializeCluster(base, password, binaries);
  checkClusterVersion(cluster, binaries.majorVersion);
  await giveTo(binaries.user, cluster);
  return { base, cluster, socketFolder: await prepareSocketFolder(base, binaries.user), password };
}

async function prepareBase(dataFolder: string, user: UnixUser | undefined, log: Logger): Promise<string> {
  const recorded = await findRecordedBase(dataFolder);
  if (recorded !== undefined) return recorded;

  const inside = join(dataFolder, 'postgres');
  await mkdir(inside, { recursive: true, mode: 0o700 });
  if (!user) return inside;

  chownSync(inside, user.uid, user.gid);
  if (canReach(user, inside)) return inside;
  if (existsSync(join(inside, 'cluster'))) {
    throw new InstallationError(
      `The database user ${user.name} can no longer reach ${inside}.`,
      `give every folder above it the execute permission for others (chmod o+x), or move the data folder.`,
    );
  }
  rmdirSync(inside);
  return makeSystemBase(dataFolder, user, log);
}

async function makeSystemBase(dataFolder: string, user: UnixUser, log: Logger): Promise<string> {
  await mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  const folder = await mkdtemp(join(SYSTEM_FOLDER, `${basename(dataFolder).replaceAll(/[^\w-]/g, '')}-`));
  chownSync(folder, user.uid, user.gid);
  await writeFile(join(dataFolder, LOCATION_FILE), `${JSON.stringify({ folder })}\n`, { mode: 0o600 });

  log.warn('running as root and the database user cannot reach the data folder: the database lives elsewhere', {
    path: folder,
  });
  return folder;
}

async function writePassword(dataFolder: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(join(dataFolder, PASSWORD_FILE), password, { mode: 0o600 });
  return password;
}

/** initdb works in a draft folder that takes its name only when complete, so a crash leaves no half-made cluster. */
async function initializeCluster(base: string, password: string, binaries: EmbeddedBinaries): Promise<void> {
  const draft = join(base, `${DRAFT_PREFIX}${randomBytes(4).toString('hex')}`);
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await giveTo(binaries.user, passwordFile);

  await runInitdb(binaries, base, [
    `--pgdata=${draft}`,
    `--username=${DATABASE_USER}`,
    `--pwfile=${passwordFile}`,
    ...['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-instructions'],
  ]);
  await rm(passwordFile, { force: true });
  await rename(draft, join(base, 'cluster'));
}

async function runInitdb(binaries: EmbeddedBinaries, base: string, flags: readonly string[]): Promise<void> {
  const child = spawn(binaries.initdb, flags, {
    cwd: base,
    env: POSTGRES_ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...runAs(binaries.user),
  });

  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  throw new InstallationError(
    `The database could not be made: ${errors.trim().slice(-400)}.`,
    'check disk space and permissions.',
  );
}

// Nothing of our own environment: it may hold the master key.
export const POSTGRES_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export function runAs(user: UnixUser | undefined): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

function checkClusterVersion(cluster: string, expected: string): void {
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === expected) return;
  throw new InstallationError(
    `The database in ${cluster} was made by PostgreSQL ${found}, the embedded one is ${expected}.`,
    'start the release that made it, dump the database with pg_dump, and restore it into a new data folder.',
  );
}

async function removeDrafts(base: string): Promise<void> {
  const drafts = readdirSync(base).filter((name) => name.startsWith(DRAFT_PREFIX));
  for (const draft of drafts) await rm(join(base, draft), { recursive: true, force: true });
}

/** After a change between root and an ordinary user the files must belong to whoever runs the server now. */
async function giveTo(user: UnixUser | undefined, path: string): Promise<void> {
  if (!user || statSync(path).uid === user.uid) return;

  await lchown(path, user.uid, user.gid);
  if (!statSync(path).isDirectory()) return;
  for (const entry of await readdir(path, { recursive: true })) await lchown(join(path, entry), user.uid, user.gid);
}

async function prepareSocketFolder(base: string, user: UnixUser | undefined): Promise<string> {
  if (join(base, '.s.PGSQL.5432').length <= MAX_SOCKET_PATH) return base;

  const folder = await mkdtemp(join(tmpdir(), 'signet-'));
  await chmod(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  return folder;
}
