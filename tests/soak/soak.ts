/** Seeds one after the other, bounded in count and time, with numbers at the end. */
export interface Soak {
  readonly title: string;
  /** How many seeds when the caller names no number. */
  readonly seeds: number;
  /** @returns every fault found. */
  run(seeds: number): Promise<string[]>;
}

export const LONGEST_MS = 2 * 3_600_000;

/** Runs `one` for each seed until the time is over; a seed that throws counts as a fault. @returns what it found and how many seeds ran. */
export async function eachSeed(seeds: number, one: (seed: number) => Promise<readonly string[]>) {
  const deadline = performance.now() + LONGEST_MS;
  const faults: string[] = [];
  let ran = 0;
  for (let seed = 1; seed <= seeds && performance.now() < deadline; seed++) {
    const found = await one(seed).catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    for (const fault of found) console.error(`seed ${seed}: ${fault}`);
    faults.push(...found.map((fault) => `seed ${seed}: ${fault}`));
    ran = seed;
  }
  return { ran, faults };
}

export function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.ceil(part * (sorted.length - 1))] ?? 0);
  return `median ${at(0.5)}, 95 % ${at(0.95)}, longest ${at(1)} ms`;
}
