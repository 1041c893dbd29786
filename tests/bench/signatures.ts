/**
 * One party's signature on files of different sizes: the whole path of the server (read, compare, sign, timestamp, verify, write)
 * beside the raw work that no implementation can avoid: SHA-256, a key operation, a write with fsync.
 */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSigningBench, type SigningBench } from './signing-bench.ts';
import { median, row, title } from './statistics.ts';

const SIZES = [50_000, 1_000_000, 20_000_000, 100_000_000];
const ROUNDS = 7;
const MB = 2 ** 20;

export async function benchSignatures(): Promise<void> {
  title('One signature (PAdES B-T, P-256, first party of two), ms');
  row('', 'raw', 'signature', 'ratio', 'peak +MB');
  const folder = await mkdtemp(join(tmpdir(), 'signet-bench-'));
  const bench = await openSigningBench(folder);
  try {
    for (const size of SIZES) await benchSize(bench, folder, size);
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSize(bench: SigningBench, folder: string, size: number): Promise<void> {
  const file = await bench.upload(size);
  const raw: number[] = [];
  const ours: number[] = [];
  let peak = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const rawMs = await timed(() => rawWork(file.bytes, join(folder, `raw-${round}`)));
    const signFirst = await bench.startContract(file);
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss() - before)), 2);
    const signMs = await timed(signFirst);
    clearInterval(watch);
    if (round === 0) continue;
    raw.push(rawMs);
    ours.push(signMs);
  }
  const ratio = median(ours.map((ms, i) => ms / (raw[i] ?? 1)));
  row(`${(size / 1e6).toFixed(2)} MB`, median(raw), median(ours), ratio, peak / MB);
}

const rawKey = createPrivateKey(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);

async function rawWork(bytes: Uint8Array, path: string): Promise<void> {
  sign('sha256', createHash('sha256').update(bytes).digest(), rawKey);
  const file = await open(path, 'w');
  await file.writeFile(bytes);
  await file.sync();
  await file.close();
  await rm(path);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
