import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { KeyedQueue } from './keyed-queue.ts';

describe('the keyed queue', () => {
  it('runs work of one key in order, also after a failure', async () => {
    const queue = new KeyedQueue();
    const seen: number[] = [];
    const work = (n: number) => async () => {
      await pause(5 - n);
      seen.push(n);
      if (n === 2) throw new Error('second');
    };

    const results = await Promise.allSettled([1, 2, 3].map((n) => queue.run('a', work(n))));

    expect(seen).toEqual([1, 2, 3]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('lets different keys run side by side', async () => {
    const queue = new KeyedQueue();
    const seen: string[] = [];

    await Promise.all([
      queue.run('slow', async () => {
        await pause(20);
        seen.push('slow');
      }),
      queue.run('fast', async () => void seen.push('fast')),
    ]);

    expect(seen).toEqual(['fast', 'slow']);
  });
});
