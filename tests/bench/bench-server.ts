/** A platform in a process of its own, its log written to a file as in production. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface BenchServer {
  readonly url: string;
  readonly appKey: string;
  readonly appSecret: string;
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '..', '..');
const START_SECONDS = 60;
const APP = { appKey: 'bench', appSecret: 'bench-only-secret' };

export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'signet-bench-'));
  // The database user of a run as root must be able to pass.
  chmodSync(folder, 0o711);
  const log = join(folder, 'server.log');
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, ['--import', 'tsx', 'apps/server/src/main.ts'], {
    cwd: ROOT,
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', SIGNET_DATA: join(folder, 'data') },
      ...{ SIGNET_APP_KEY: APP.appKey, SIGNET_APP_SECRET: APP.appSecret },
    },
    stdio: ['ignore', output, output],
  });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < START_SECONDS * 10; tries++) {
    const url = /Signet is ready: (\S+)/.exec(readFileSync(log, 'utf8'))?.[1];
    if (url) return { url, ...APP, stop };
    if (child.exitCode !== null) break;
    await pause(100);
  }
  const text = readFileSync(log, 'utf8');
  await stop();
  throw new Error(`the server did not start:\n${text}`);
}
