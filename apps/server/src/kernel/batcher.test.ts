import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';

describe('the batcher', () => {
  it('answers calls of the same moment with one piece of work, each with its own result', async () => {
    const batches: number[][] = [];
    const double = createBatcher<number, number>(async (items) => {
      batches.push([...items]);
      return items.map((item) => item * 2);
    });

    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('collects what arrives while work is under way', async () => {
    const batches: number[][] = [];
    const echo = createBatcher<number, number>(async (items) => {
      batches.push([...items]);
      await pause(20);
      return items;
    });
    const first = echo(1);
    await pause(5);

    await Promise.all([first, echo(2), echo(3)]);

    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('fails only the call whose own work fails', async () => {
    const check = createBatcher<number, string>(async (items) => {
      if (items.includes(2)) throw new Error('two');
      return items.map(() => 'ok');
    });

    const results = await Promise.allSettled([1, 2, 3].map(check));

    expect(results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
      'ok',
      'Error: two',
      'ok',
    ]);
  });
});
