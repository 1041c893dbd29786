import { describe, expect, it } from 'vitest';
import type { Lane } from './event.ts';
import { LanePool } from './lane-pool.ts';

/** A pool whose work ends when the test says so. */
function openPool({ total = 3, perApp = 2 } = {}) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const work = ({ appId, subject }: Lane): Promise<void> => {
    started.push(`${appId}${subject}`);
    return new Promise((resolve) => ends.set(`${appId}${subject}`, resolve));
  };
  const pool = new LanePool({ total, perApp, work });
  return {
    ...{ pool, started },
    add: (...names: string[]) => {
      for (const name of names) pool.add({ appId: name[0] ?? '', subject: name.slice(1) });
    },
    end: async (name: string) => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

describe('the pool of lanes', () => {
  it('leaves room for other apps while one keeps it waiting', async () => {
    const { add, started, end } = openPool();

    add('a1', 'a2', 'a3', 'a4', 'b1', 'b2');

    expect(started).toEqual(['a1', 'a2', 'b1']);
    await end('b1');
    expect(started).toEqual(['a1', 'a2', 'b1', 'b2']);
    await end('a1');
    expect(started.at(-1)).toBe('a3');
  });

  it('gives apps their turns', async () => {
    const { add, started, end } = openPool({ total: 1, perApp: 1 });

    add('a1', 'a2', 'a3', 'b1', 'b2');
    await end('a1');
    await end('a2');
    await end('b1');
    await end('a3');

    expect(started).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
  });

  it('takes a lane once, however often it is asked for before its turn', async () => {
    const { add, started, end } = openPool({ total: 1 });

    add('a1', 'b1', 'b1', 'b1');
    await end('a1');
    await end('b1');

    expect(started).toEqual(['a1', 'b1']);
  });

  it('looks at a lane once more when it was asked for during the work', async () => {
    const { add, started, end } = openPool();

    add('a1');
    add('a1', 'a1');
    await end('a1');
    await end('a1');

    expect(started).toEqual(['a1', 'a1']);
  });

  it('names what is left when it closes, after what is under way has ended', async () => {
    const { pool, add, end, started } = openPool({ total: 1 });
    add('a1', 'a2');
    add('a1');

    const closed = pool.close();
    add('a3');
    await end('a1');

    expect(await closed).toEqual([
      { appId: 'a', subject: '2' },
      { appId: 'a', subject: '1' },
    ]);
    expect(started).toEqual(['a1']);
  });
});
