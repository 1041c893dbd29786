import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { useEvidence } from './testing/evidence-fixture.ts';

const fixture = useEvidence();

describe('a checkpoint', () => {
  it('takes in the chains that have grown since the last one, and nothing when none has', async () => {
    await fixture.append('contract:1', 'contract-started', 'will-confirmed');
    await fixture.append('user:1', 'user-created');

    const counts = [await fixture.checkpoints.take(), await fixture.checkpoints.take()];
    await fixture.append('user:1', 'user-modified');
    counts.push(await fixture.checkpoints.take());

    expect(counts).toEqual([2, 0, 1]);
    const heads = await fixture.tamper(sql`select number, heads from evidence_checkpoints order by number`);
    expect(
      heads.map(({ heads }) => JSON.parse(String(heads)).map(([subject, sequence]: unknown[]) => [subject, sequence])),
    ).toEqual([
      [
        ['contract:1', 2],
        ['user:1', 1],
      ],
      [['user:1', 2]],
    ]);
    expect(await fixture.problems()).toEqual([]);
  });

  it('is taken by one of several servers at a time, and the others try again', async () => {
    await fixture.append('contract:1', 'contract-started');
    const servers = [fixture, fixture.anotherServer(), fixture.anotherServer()];

    const counts = await Promise.all(servers.map(({ checkpoints }) => checkpoints.take()));

    expect(counts.toSorted()).toEqual([0, 0, 1]);
    expect(await fixture.verify()).toMatchObject({ checkpoints: 1, problems: [] });
  });
});

describe('checkpoints beside writers', () => {
  it('lose nothing, contradict nothing, and the verdict stays clean meanwhile', async () => {
    const other = fixture.anotherServer();
    const subjects = Array.from({ length: 8 }, (_, i) => `contract:${i}` as const);
    let isWriting = true;
    const verdicts: string[][] = [];
    const until = async (work: () => Promise<unknown>): Promise<void> => {
      while (isWriting) await work();
    };

    const watchers = [
      until(() => fixture.checkpoints.take()),
      until(() => other.checkpoints.take()),
      until(async () => verdicts.push(await fixture.problems())),
    ];
    await Promise.all(subjects.map((subject) => fixture.append(subject, ...Array.from({ length: 25 }, () => 'step'))));
    isWriting = false;
    await Promise.all(watchers);
    await fixture.checkpoints.take();

    expect(await fixture.verify()).toMatchObject({ entries: 200, chains: 8, problems: [] });
    expect(await fixture.checkpoints.take()).toBe(0);
    expect(verdicts.length).toBeGreaterThan(0);
    expect(verdicts.flat()).toEqual([]);
  });
});
