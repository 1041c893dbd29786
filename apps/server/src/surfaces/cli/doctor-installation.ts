import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { type Config, publicUrlOf } from '../../config.ts';
import { createHttpClient } from '../../kernel/http-client.ts';
import { findOwnMasterKey, findStampedMode } from '../../kernel/installation.ts';
import { InstallationError } from '../../kernel/installation-error.ts';
import { type Finding, fault, ok, warning } from './doctor-finding.ts';

const GIB = 1024 ** 3;
const NO_SPACE_BYTES = GIB / 2;
const LITTLE_SPACE_BYTES = 5 * GIB;

/** The data folder, its stamp and key, the address and the port. */
export async function* installationFindings(config: Config): AsyncGenerator<Finding> {
  yield await checkDataFolder(config.dataFolder);
  yield await checkSpace(config.dataFolder);
  yield await checkStamp(config);
  yield await checkMasterKey(config);
  yield checkPublicUrl(config);
  yield await checkPort(config);
}

async function checkDataFolder(dataFolder: string): Promise<Finding> {
  const existing = nearestExisting(dataFolder);
  if (!statSync(existing).isDirectory()) {
    return fault('Data folder', `${existing} is no folder.`, 'set SIGNET_DATA to another path.');
  }
  try {
    // Asking for permission is not enough: root has it on read-only mounts too.
    await rmdir(await mkdtemp(join(existing, '.signet-doctor-')));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const mend = 'change its owner, or set SIGNET_DATA to another folder.';
    return fault('Data folder', `${existing} is not writable (${code}).`, mend);
  }
  return ok('Data folder', existing === dataFolder ? dataFolder : `${dataFolder} (made at the first start)`);
}

async function checkSpace(dataFolder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestExisting(dataFolder));
  const free = bavail * bsize;
  const text = `${(free / GIB).toFixed(1)} GiB free`;

  if (free < NO_SPACE_BYTES)
    return fault('Disk', `${text}: files and the database will fail to be written.`, 'free some space.');
  if (free < LITTLE_SPACE_BYTES) return warning('Disk', text, 'free some space, or move SIGNET_DATA to a larger disk.');
  return ok('Disk', text);
}

async function checkStamp(config: Config): Promise<Finding> {
  return reported('Mode', async () => {
    const stamped = await findStampedMode(config.dataFolder);
    if (stamped === undefined) return ok('Mode', `${config.mode}, not yet started`);
    if (stamped === config.mode) return ok('Mode', config.mode);
    return fault(
      'Mode',
      `the data folder is a ${stamped} installation, SIGNET_MODE is ${config.mode}.`,
      `set SIGNET_MODE=${stamped}, or SIGNET_DATA to another folder.`,
    );
  });
}

async function checkMasterKey(config: Config): Promise<Finding> {
  if (config.masterKey) return ok('Master key', 'from the settings');

  return reported('Master key', async () => {
    const path = join(config.dataFolder, 'master-key');
    if (await findOwnMasterKey(config.dataFolder)) return checkKeyMode(path);
    if ((await findStampedMode(config.dataFolder)) === undefined) return ok('Master key', 'made at the first start');
    return fault(
      'Master key',
      `none is set, and ${path} is not there.`,
      'restore that file from a backup, or set SIGNET_MASTER_KEY as at the first start.',
    );
  });
}

function checkKeyMode(path: string): Finding {
  const isOpen = (statSync(path).mode & 0o077) !== 0;
  return isOpen ? fault('Master key', `others may read ${path}.`, `chmod 600 ${path}`) : ok('Master key', path);
}

function checkPublicUrl(config: Config): Finding {
  const publicUrl = publicUrlOf(config, config.port);
  const { protocol, hostname } = new URL(publicUrl);
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

  if (isLocal && (config.mode === 'production' || (config.publicUrl === undefined && isOpenToOthers(config.host)))) {
    return warning(
      'Public URL',
      `links lead to ${publicUrl}, which nobody else can open.`,
      'set SIGNET_PUBLIC_URL to the outside address.',
    );
  }
  if (config.mode === 'production' && protocol === 'http:') {
    return warning(
      'Public URL',
      `${publicUrl} is not encrypted.`,
      'put a TLS proxy in front and set SIGNET_PUBLIC_URL to https.',
    );
  }
  return ok('Public URL', publicUrl);
}

function isOpenToOthers(host: string): boolean {
  return !(host === 'localhost' || host === '::1' || host.startsWith('127.'));
}

async function checkPort(config: Config): Promise<Finding> {
  const address = `${config.host}:${config.port}`;
  const code = await tryListen(config.host, config.port);

  if (code === undefined) return ok('Port', `${address} is free`);
  if (code === 'EADDRINUSE') {
    if (await isOurServer(config)) return ok('Port', `${address} is served by a running platform`);
    return fault('Port', `${address} is in use by another program.`, 'stop it, or set PORT to another number.');
  }
  if (code === 'EACCES') {
    return fault(
      'Port',
      `this user may not listen on ${address}.`,
      'set PORT to 1024 or above, or allow it to this user.',
    );
  }
  return fault('Port', `${address} cannot be listened on (${code}).`, 'set HOST to an address of this machine.');
}

function tryListen(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** The answer to `/healthz` of the very port: only our own server gives one with success. */
async function isOurServer(config: Config): Promise<boolean> {
  const url = new URL('/healthz', publicUrlOf({ ...config, publicUrl: undefined }, config.port));
  const client = createHttpClient({ allow: [url.hostname.replace(/^\[(.*)\]$/, '$1')] });
  try {
    return (await client.send({ url: url.href, deadlineMs: 2_000 })).status === 200;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

async function reported(subject: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof InstallationError) return fault(subject, error.problem, error.mend);
    throw error;
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
