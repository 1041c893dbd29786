/**
 * How well and how fast cards are read: `npm run bench:ocr [-- --samples 200 --from 0 --set a --kind id-front]`. Set A is what the parser was made
 * with; set B comes from another generator and is only ever measured.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createHttpClient } from '../../apps/server/src/kernel/http-client.ts';
import { createRecognition } from '../../apps/server/src/modules/recognition/index.ts';
import { createLocalOcr } from '../../apps/server/src/providers/ocr-local/index.ts';
import { expectedFields, type FieldValues, readFields } from './expectation.ts';
import type { Facts } from './facts.ts';
import { type Sample, sampleOf } from './generator-a/index.ts';
import { openStudio } from './generator-b/index.ts';

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '200' },
    from: { type: 'string', default: '0' },
    set: { type: 'string' },
    kind: { type: 'string' },
    /** Folder for the pictures that were read wrongly. */
    keep: { type: 'string' },
  },
});
if (values.keep) mkdirSync(values.keep, { recursive: true });
const SAMPLES_B = 20;
/** A busy machine makes reading slow, not wrong. */
const PATIENCE_MS = 120_000;

let isEnough = false;
// Ctrl-C ends the reading, and what is known by then is told.
process.once('SIGINT', () => {
  isEnough = true;
});

const recognition = createRecognition({
  reader: createLocalOcr({ pictureMs: PATIENCE_MS }),
  httpClient: createHttpClient({ allow: [] }),
});
try {
  if (values.set !== 'b')
    await measure('Set A', Number(values.samples), (i) =>
      sampleOf(Number(values.from) + i, values.kind as Facts['kind'] | undefined),
    );
  if (values.set !== 'a') await measureStudio();
} finally {
  await recognition.close();
}

async function measureStudio(): Promise<void> {
  const studio = await openStudio();
  try {
    await measure('Set B', SAMPLES_B, (i) => studio.sampleOf(i));
  } finally {
    await studio.close();
  }
}

interface Tally {
  right: number;
  all: number;
}

async function measure(title: string, count: number, make: (i: number) => Promise<Sample>): Promise<void> {
  const tallies = new Map<string, Tally>();
  const times = new Map<string, number[]>();
  // The first picture pays for the start of the process.
  await read(await make(0));
  for (let i = 0; i < count && !isEnough; i += 1) {
    const sample = await make(i);
    const begin = performance.now();
    const fields = await read(sample);
    const { kind } = sample.facts;
    times.set(kind, [...(times.get(kind) ?? []), performance.now() - begin]);
    compare(`${title} ${Number(values.from) + i}`, sample, fields, tallies);
  }
  report(title, tallies, times);
}

/** A refusal reads nothing. */
async function read({ facts, picture }: Sample): Promise<FieldValues> {
  return readFields(recognition, facts.kind, picture).catch((error: Error) => ({
    refused: (error as Error & { msg?: string }).msg ?? String(error),
  }));
}

function compare(name: string, { facts, picture }: Sample, fields: FieldValues, tallies: Map<string, Tally>): void {
  const expected = expectedFields(facts);
  const wrong = Object.keys(expected).filter((field) => fields[field] !== expected[field]);
  for (const field of Object.keys(expected)) {
    const tally = tallies.get(`${facts.kind} ${field}`) ?? { right: 0, all: 0 };
    tally.all += 1;
    if (!wrong.includes(field)) tally.right += 1;
    tallies.set(`${facts.kind} ${field}`, tally);
  }
  if (wrong.length === 0) return;
  const detail = wrong.map((field) => `${field}: ${expected[field] ?? '–'} read as ${fields[field] ?? '–'}`);
  console.log(`${name} ${facts.kind} ${fields.refused ?? detail.join('; ')}`);
  if (values.keep) writeFileSync(`${values.keep}/${name.replace(/\W+/g, '-')}.jpg`, picture);
}

function report(title: string, tallies: ReadonlyMap<string, Tally>, times: ReadonlyMap<string, number[]>): void {
  console.log(`\n${title}`);
  for (const [field, { right, all }] of tallies) {
    console.log(`  ${field.padEnd(30)} ${((100 * right) / all).toFixed(1).padStart(5)} %  (${right} of ${all})`);
  }
  for (const [kind, ms] of times) {
    console.log(`  ${kind.padEnd(30)} median ${quantile(ms, 0.5)} ms, p95 ${quantile(ms, 0.95)} ms`);
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}
