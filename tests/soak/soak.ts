/** Seeds one after the other, bounded in count and time, with numbers at the end. */
import { createPlatform, type Platform } from '../durability/platform.ts';

export interface Soak {
  readonly title: string;
  /** How many seeds when the caller names no number. */
  readonly seeds: number;
  /** @returns every fault found. */
  run(seeds: number): Promise<string[]>;
}

/** A platform for one soak, gone afterwards, also when the soak is interrupted. */
export async function withPlatform(run: (platform: Platform) => Promise<string[]>): Promise<string[]> {
  const platform = createPlatform();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      console.error(`interrupted by ${signal}`);
      void platform.remove().finally(() => process.exit(130));
    });
  }
  try {
    return await run(platform);
  } finally {
    await platform.remove();
  }
}

const LONGEST_MS = 2 * 3_600_000;

/** Runs `one` for each seed until the time is over or a seed throws. @returns what it found and how many seeds ran. */
export async function eachSeed(seeds: number, one: (seed: number) => Promise<readonly string[]>) {
  const deadline = performance.now() + LONGEST_MS;
  const faults: string[] = [];
  let ran = 0;
  const note = (fault: string): void => {
    console.error(`seed ${ran}: ${fault}`);
    faults.push(`seed ${ran}: ${fault}`);
  };
  try {
    while (ran < seeds && performance.now() < deadline) for (const fault of await one(++ran)) note(fault);
  } catch (error) {
    note(`the soak cannot go on: ${error}`);
  }
  return { ran, faults };
}

export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.ceil(part * (sorted.length - 1))] ?? 0);
  return `median ${at(0.5)}, 95 % ${at(0.95)}, longest ${at(1)} ms`;
}
