/** The data folder of an installation: made at first start, tied to one mode, holder of the sandbox's own master key. */
import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { InstallationError } from './installation-error.ts';
import { MASTER_KEY_BYTES } from './secret-box.ts';

const STAMP_FILE = 'installation.json';
const KEY_FILE = 'master-key';

export interface InstallationSettings {
  readonly dataFolder: string;
  readonly mode: string;
  /** Undefined lets a sandbox use, and at first start make, the key file in its data folder. */
  readonly masterKey: Uint8Array | undefined;
}

export interface Installation {
  readonly masterKey: Uint8Array;
}

const stampSchema = z.object({ mode: z.string() });

/** Makes the data folder ready and gives the master key; refuses a folder of the other mode. */
export async function openInstallation(settings: InstallationSettings): Promise<Installation> {
  const { dataFolder, mode } = settings;
  await makeDataFolder(dataFolder);

  const stampedMode = await findStampedMode(dataFolder);
  if (stampedMode !== undefined && stampedMode !== mode) throw otherMode(dataFolder, stampedMode, mode);

  const masterKey = settings.masterKey ?? (await ownMasterKey(dataFolder, stampedMode === undefined));
  if (stampedMode === undefined) await writeOnce(join(dataFolder, STAMP_FILE), `${JSON.stringify({ mode })}\n`);
  return { masterKey };
}

/** The mode that a data folder was first started in; undefined before that. */
export async function findStampedMode(dataFolder: string): Promise<string | undefined> {
  const path = join(dataFolder, STAMP_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return stampSchema.parse(JSON.parse(text)).mode;
  } catch (cause) {
    throw new InstallationError(
      `${path} cannot be read.`,
      'restore it from a backup: it holds the mode of the installation.',
      { cause },
    );
  }
}

/** The sandbox's own key; undefined when its file is missing. */
export async function findOwnMasterKey(dataFolder: string): Promise<Uint8Array | undefined> {
  const path = join(dataFolder, KEY_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new InstallationError(`${path} cannot be read (${error.code}).`, 'run as the user who owns it.', {
      cause: error,
    });
  });
  if (text === undefined) return undefined;

  const key = new Uint8Array(Buffer.from(text.trim(), 'hex'));
  if (key.length === MASTER_KEY_BYTES) return key;
  throw new InstallationError(
    `${path} holds no master key.`,
    'restore it from a backup: without it the data cannot be read.',
  );
}

async function makeDataFolder(dataFolder: string): Promise<void> {
  try {
    // As root the database runs as another user, who has to pass through; every secret inside has its own mode.
    await mkdir(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await access(dataFolder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new InstallationError(
      `The data folder ${dataFolder} cannot be used (${code}).`,
      'set SIGNET_DATA to a folder that this user may write to.',
      { cause },
    );
  }
}

async function ownMasterKey(dataFolder: string, isFirstStart: boolean): Promise<Uint8Array> {
  const found = await findOwnMasterKey(dataFolder);
  if (found) return found;
  if (!isFirstStart) {
    throw new InstallationError(
      `No master key: none is set, and ${join(dataFolder, KEY_FILE)} is not there.`,
      'restore that file from a backup, or set SIGNET_MASTER_KEY or SIGNET_MASTER_KEY_FILE as at the first start.',
    );
  }

  await writeOnce(join(dataFolder, KEY_FILE), `${randomBytes(MASTER_KEY_BYTES).toString('hex')}\n`);
  // Another process may have been first: what lies in the file counts.
  return (await findOwnMasterKey(dataFolder)) ?? ownMasterKey(dataFolder, true);
}

/** Writes a file durably unless it is there; it appears complete or not at all. */
async function writeOnce(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const folder = await open(dirname(path));
  await folder.sync();
  await folder.close();
}

function otherMode(dataFolder: string, stamped: string, wanted: string): InstallationError {
  return new InstallationError(
    `The data folder ${dataFolder} belongs to a ${stamped} installation, but SIGNET_MODE is ${wanted}.`,
    `set SIGNET_MODE=${stamped}, or give the ${wanted} installation its own SIGNET_DATA.`,
  );
}
