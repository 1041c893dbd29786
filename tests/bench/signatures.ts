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

/** Small files are signed more often, until the code is warm. */
const SIZES = [
  { bytes: 50_000, rounds: 60 },
  { bytes: 1_000_000, rounds: 60 },
  { bytes: 20_000_000, rounds: 15 },
  { bytes: 100_000_000, rounds: 7 },
];
const MB = 2 ** 20;

export async function benchSignatures(): Promise<void> {
  title('One signature (PAdES B-T, P-256, first party of two), ms');
  row('', 'raw', 'signing', 'ratio', 'whole command', 'peak +MB');
  const folder = await mkdtemp(join(tmpdir(), 'signet-bench-'));
  const bench = await openSigningBench(folder);
  try {
    for (const size of SIZES) await benchSize(bench, folder, size);
  } finally {
    await bench.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSize(
  bench: SigningBench,
  folder: string,
  { bytes: size, rounds }: (typeof SIZES)[number],
): Promise<void> {
  const file = await bench.upload(size);
  const raw: number[] = [];
  const signing: number[] = [];
  const command: number[] = [];
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    raw.push(await timed(() => rawWork(file.bytes, join(folder, 'raw'))));
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss() - before);
    }, 2);
    const times = await bench.signOnce(file);
    clearInterval(watch);
    signing.push(times.signingMs);
    command.push(times.commandMs);
  }
  const ratio = median(signing.map((ms, i) => ms / (raw[i] ?? 1)));
  row(`${(size / 1e6).toFixed(2)} MB`, median(raw), median(signing), ratio, median(command), peak / MB);
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
