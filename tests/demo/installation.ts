import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Installation {
  readonly url: string;
  readonly appKey: string;
  readonly appSecret: string;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const READY = /Signet is ready: (\S+)/;
const START_TIMEOUT_MS = 120_000;

/** The installation that the environment names (`SIGNET_URL`), or a fresh one of our own that leaves nothing behind. */
export async function openInstallation(environment: NodeJS.ProcessEnv): Promise<Installation> {
  const { SIGNET_URL: url, SIGNET_APP_KEY: appKey, SIGNET_APP_SECRET: appSecret } = environment;
  if (!url) return startInstallation();
  if (!appKey || !appSecret) throw new Error('SIGNET_URL is set: SIGNET_APP_KEY and SIGNET_APP_SECRET are needed too.');
  return { url, appKey, appSecret, stop: async () => {} };
}

async function startInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-demo-'));
  // The database user of a run as root must be able to pass.
  chmodSync(folder, 0o711);
  const app = { appKey: 'demo', appSecret: randomBytes(24).toString('base64url') };
  const server = spawn(process.execPath, ['--import', 'tsx', 'apps/server/src/main.ts'], {
    cwd: ROOT,
    env: {
      ...withoutSettings(process.env),
      PORT: '0',
      SIGNET_DATA: folder,
      SIGNET_APP_KEY: app.appKey,
      SIGNET_APP_SECRET: app.appSecret,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void stop().finally(() => process.exit(130)));
  try {
    return { url: await ready(server), ...app, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The caller's own settings would make the demo write into a real installation. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(SIGNET_|DATABASE_URL$|HOST$|PORT$)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !foreign.test(name)));
}

function ready(server: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (problem: string) => reject(new Error(`The server did not start: ${problem}\n${output}`));
    const timer = setTimeout(() => fail(`not ready after ${START_TIMEOUT_MS / 1_000} s`), START_TIMEOUT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk;
      const url = READY.exec(output)?.[1];
      if (!url) return;
      clearTimeout(timer);
      resolve(url);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('exit', (code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code}`);
    });
  });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  await once(server, 'exit');
}
