/** Requests per second through signature check and database, beside a bare Fastify route in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSignetClient } from '@signet/sdk';
import type { BenchServer } from './bench-server.ts';
import { fire, type LoadTarget } from './load.ts';
import { type BenchApp, plainRequest, signedRequest } from './signed-bytes.ts';
import { median, row, title } from './statistics.ts';

const ROUNDS = 5;
const READS = 12_000;
const WRITES = 1_000;
const CONNECTIONS = 32;

export async function benchRequests(installation: BenchServer): Promise<void> {
  title('Requests per second (32 connections, signed, with timestamp and nonce)');
  row('', 'median/s', 'p50 ms', 'p99 ms', 'of bare');
  const bare = await startBareServer();
  const url = new URL(installation.url);
  const target = { host: url.hostname, port: Number(url.port) };
  const app: BenchApp = { host: url.host, appKey: installation.appKey, appSecret: installation.appSecret };
  await createReader(installation);
  const read = () => signedRequest(app, '/open/psnGet', { query: [['accountId', 'bench-reader']] });

  const rounds: Record<string, number>[] = [];
  const last: Record<string, { p50Ms: number; p99Ms: number; failures: number }> = {};
  for (let round = 0; round <= ROUNDS; round++) {
    const bareLoad = await fire(
      bare.target,
      repeat(READS, () => plainRequest('bare', 'GET /bare?accountId=1', {})),
      CONNECTIONS,
    );
    const reads = await fire(target, repeat(READS, read), CONNECTIONS);
    const writes = await fire(
      target,
      repeat(WRITES, (i) => signedRequest(app, '/open/psnCreate', { json: person(`${round}-${i}`) })),
      CONNECTIONS,
    );
    Object.assign(last, { bare: bareLoad, psnGet: reads, psnCreate: writes });
    // The first round warms up.
    if (round > 0) rounds.push({ bare: bareLoad.perSecond, psnGet: reads.perSecond, psnCreate: writes.perSecond });
  }
  const bareMedian = median(rounds.map((round) => round.bare ?? 0));
  for (const name of ['bare', 'psnGet', 'psnCreate']) {
    const perSecond = median(rounds.map((round) => round[name] ?? 0));
    const { p50Ms = 0, p99Ms = 0, failures = 0 } = last[name] ?? {};
    row(
      name === 'bare' ? 'bare Fastify route' : name,
      perSecond,
      p50Ms,
      p99Ms,
      `${((100 * perSecond) / bareMedian).toFixed(0)} %`,
    );
    if (failures > 0) throw new Error(`${failures} requests of ${name} failed`);
  }
  bare.stop();
}

async function createReader({ url: baseUrl, appKey, appSecret }: BenchServer): Promise<void> {
  await createSignetClient({ baseUrl, appKey, appSecret }).persons.create({
    ...person('reader'),
    accountId: 'bench-reader',
  });
}

function person(name: string) {
  return {
    accountId: `bench-${name}`,
    informPhone: '13800000000',
    psnName: '张三',
    psnIDCardType: 'CRED_PSN_CH_IDCARD' as const,
    psnIDCardNum: '110101199003078857',
  };
}

function repeat(count: number, make: (i: number) => Buffer): Buffer[] {
  return Array.from({ length: count }, (_, i) => make(i));
}

async function startBareServer(): Promise<{ target: LoadTarget; stop(): void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'bare-server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { target: { host: '127.0.0.1', port: Number(String(line)) }, stop: () => void child.kill() };
}
