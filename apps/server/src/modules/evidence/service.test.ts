import { describe, expect, it } from 'vitest';
import { useEvidence } from './testing/evidence-fixture.ts';

const SUBJECT = 'contract:1';

const fixture = useEvidence();

function entry(kind: string, content: Record<string, unknown> = {}) {
  return { appId: 'app-1', subject: SUBJECT, kind, content } as const;
}

describe('a chain', () => {
  it('holds its entries in order, each with the hash of the one before', async () => {
    await fixture.append(SUBJECT, 'contract-started', 'will-confirmed', 'party-signed');

    const entries = await fixture.evidence.entriesOf('app-1', SUBJECT);

    expect(entries.map(({ sequence, kind }) => [sequence, kind])).toEqual([
      [1, 'contract-started'],
      [2, 'will-confirmed'],
      [3, 'party-signed'],
    ]);
    expect(entries.slice(1).map((each) => each.previousHash)).toEqual(entries.slice(0, -1).map((each) => each.hash));
    expect(await fixture.problems()).toEqual([]);
  });

  it('takes several entries of one step at once', async () => {
    await fixture.database.transaction((tx) =>
      fixture.evidence.appendAll(tx, [entry('party-signed'), entry('contract-completed')]),
    );

    const entries = await fixture.evidence.entriesOf('app-1', SUBJECT);

    expect(entries.map(({ kind }) => kind)).toEqual(['party-signed', 'contract-completed']);
    expect(await fixture.problems()).toEqual([]);
  });

  it('keeps the same text whatever the order of keys', async () => {
    await fixture.database.transaction((tx) =>
      fixture.evidence.append(
        tx,
        entry('contract-started', { b: [{ d: 1, c: '甲方' }], a: undefined, at: new Date(0) }),
      ),
    );

    const [first] = await fixture.evidence.entriesOf('app-1', SUBJECT);

    expect(first?.content).toBe('{"at":"1970-01-01T00:00:00.000Z","b":[{"c":"甲方","d":1}]}');
  });

  it('is nobody else’s to read', async () => {
    await fixture.append(SUBJECT, 'contract-started');

    expect(await fixture.evidence.entriesOf('app-2', SUBJECT)).toEqual([]);
  });

  it('shows its newest entry, which another chain may cite', async () => {
    await fixture.append(SUBJECT, 'contract-started', 'will-confirmed');
    const last = (await fixture.evidence.entriesOf('app-1', SUBJECT)).at(-1);

    const [head, none] = await fixture.database.transaction(async (tx) => [
      await fixture.evidence.headOf(tx, SUBJECT),
      await fixture.evidence.headOf(tx, 'contract:2'),
    ]);

    expect(head).toEqual({ sequence: 2, hash: Buffer.from(last?.hash ?? []).toString('hex') });
    expect(none).toBeUndefined();
  });

  it('does not grow when the step is rolled back, also not when it would have been the first', async () => {
    await expect(
      fixture.database.transaction(async (tx) => {
        await fixture.evidence.append(tx, entry('contract-started'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');

    expect(await fixture.verify()).toMatchObject({ entries: 0, chains: 0, problems: [] });
    await fixture.append(SUBJECT, 'contract-started');
    expect(await fixture.problems()).toEqual([]);
  });
});

describe('many writers of one chain', () => {
  it('lose nothing', async () => {
    await fixture.append(SUBJECT, 'contract-started');

    await appendAtOnce(100);

    expect(await fixture.verify()).toMatchObject({ entries: 101, chains: 1, problems: [] });
  });

  it('lose nothing when all of them write its first entry', async () => {
    await appendAtOnce(20);

    expect(await fixture.verify()).toMatchObject({ entries: 20, chains: 1, problems: [] });
  });

  it('leave times that go forward', async () => {
    await appendAtOnce(30);

    const times = (await fixture.evidence.entriesOf('app-1', SUBJECT)).map(({ at }) => at.getTime());

    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  async function appendAtOnce(count: number): Promise<void> {
    const servers = [fixture.evidence, fixture.anotherServer().evidence];
    await Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const evidence = servers[i % servers.length] ?? fixture.evidence;
        fixture.clock.advance({ ms: 1 });
        await fixture.database.transaction((tx) => evidence.append(tx, entry('will-confirmed', { writer: i })));
      }),
    );
  }
});
