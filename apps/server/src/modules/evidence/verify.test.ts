/** Somebody with full access to the database, but without the master key, tries to rewrite history. */
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { type EvidenceEntry, GENESIS_HASH, hashCheckpoint, hashEntry } from './chain.ts';
import { useEvidence } from './testing/evidence-fixture.ts';

const CONTRACT = 'contract:1';
const USER = 'user:1';

const fixture = useEvidence();
const { append, problems, tamper } = fixture;
const takeCheckpoint = () => fixture.checkpoints.take();

/** Replaces a chain from the given entry on, with hashes that fit each other. */
async function rewriteChain(change: (entries: EvidenceEntry[]) => EvidenceEntry[]): Promise<void> {
  const entries = await fixture.evidence.entriesOf('app-1', CONTRACT);
  await tamper(sql`delete from evidence_entries where subject = ${CONTRACT}`);
  let previousHash = GENESIS_HASH;
  for (const [i, entry] of change(entries).entries()) {
    const chained = { ...entry, sequence: i + 1, previousHash };
    const hash = hashEntry(chained);
    await tamper(sql`
      insert into evidence_entries (subject, sequence, app_id, kind, content, at, previous_hash, hash)
      values (${chained.subject}, ${chained.sequence}, ${chained.appId}, ${chained.kind}, ${chained.content},
        ${chained.at.toISOString()}, ${Buffer.from(previousHash)}, ${Buffer.from(hash)})`);
    previousHash = hash;
  }
  await tamper(sql`
    update evidence_heads h set sequence = e.sequence, hash = e.hash
    from evidence_entries e where e.subject = h.subject and h.subject = ${CONTRACT}
      and e.sequence = (select max(sequence) from evidence_entries where subject = ${CONTRACT})`);
}

describe('an entry', () => {
  beforeEach(async () => {
    await append(CONTRACT, 'contract-started', 'will-confirmed', 'party-signed');
    await append(USER, 'user-created');
  });

  it.each([
    ['content', sql`content = '{"step":"nothing"}'`],
    ['time by a millisecond', sql`at = at + interval '1 millisecond'`],
    ['time to one that has no spelling', sql`at = 'infinity'`],
    ['kind', sql`kind = 'contract-declined'`],
    ['app', sql`app_id = 'app-2'`],
    ['previous hash', sql`previous_hash = decode(repeat('00', 32), 'hex')`],
    ['hash', sql`hash = decode(repeat('00', 32), 'hex')`],
  ])('whose %s was changed is found', async (_, change) => {
    await tamper(sql`update evidence_entries set ${change} where subject = ${CONTRACT} and sequence = 2`);

    expect(await problems()).toContain(`ENTRY_CHANGED ${CONTRACT} 2`);
  });

  it('that was moved to another subject is found in both', async () => {
    await tamper(sql`update evidence_entries set subject = 'contract:9' where subject = ${CONTRACT} and sequence = 3`);

    const found = await problems();

    expect(found).toContain(`CHAIN_CUT ${CONTRACT} 3`);
    expect(found).toContain('ENTRY_CHANGED contract:9 3');
  });

  it.each([
    ['first', 1, `ENTRY_MISSING ${CONTRACT} 1`],
    ['middle', 2, `ENTRY_MISSING ${CONTRACT} 2`],
    ['last', 3, `CHAIN_CUT ${CONTRACT} 3`],
  ])('that was removed is found (%s)', async (_, sequence, problem) => {
    await tamper(sql`delete from evidence_entries where subject = ${CONTRACT} and sequence = ${sequence}`);

    expect(await problems()).toEqual([problem]);
  });

  it.each([
    ['behind the last one', CONTRACT, 4, `HEAD_CHANGED ${CONTRACT} 3`],
    ['before the first one', CONTRACT, 0, `ENTRY_MISSING ${CONTRACT} 1`],
    ['with a negative number', CONTRACT, -1, `ENTRY_MISSING ${CONTRACT} 1`],
    ['of a new subject', 'contract:2', 1, 'HEAD_MISSING contract:2'],
    ['of an empty subject', '', 0, 'HEAD_MISSING'],
  ])('that was inserted is found (%s)', async (_, subject, sequence, problem) => {
    await tamper(sql`
      insert into evidence_entries select ${subject}, ${sequence}::int, app_id, kind, content, at, hash, hash
      from evidence_entries where subject = ${CONTRACT} and sequence = 3`);

    expect(await problems()).toContain(problem);
  });

  it('that was inserted is found although all hashes and the head were made anew', async () => {
    await rewriteChain(([first, ...rest]) => [first!, { ...first!, kind: 'contract-changed' }, ...rest]);

    expect(await problems()).toEqual([`HEAD_CHANGED ${CONTRACT} 4`]);
  });

  it('that was changed is found although all hashes and the head were made anew', async () => {
    await rewriteChain((entries) => entries.map((entry) => ({ ...entry, content: '{}' })));

    expect(await problems()).toEqual([`HEAD_CHANGED ${CONTRACT} 3`]);
  });

  it('that was removed is found although all hashes and the head were made anew', async () => {
    await rewriteChain((entries) => entries.slice(0, -1));

    expect(await problems()).toEqual([`HEAD_CHANGED ${CONTRACT} 2`]);
  });
});

describe('a head', () => {
  beforeEach(() => append(CONTRACT, 'contract-started', 'will-confirmed'));

  it('that was removed is found', async () => {
    await tamper(sql`delete from evidence_heads`);

    expect(await problems()).toEqual([`HEAD_MISSING ${CONTRACT}`]);
  });

  it.each([
    ['sequence', sql`sequence = 1`],
    ['hash', sql`hash = decode(repeat('00', 32), 'hex')`],
    ['mac', sql`mac = decode(repeat('00', 32), 'hex')`],
    ['app', sql`app_id = 'app-2'`],
    ['checkpoint', sql`checkpoint = null`],
    ['place among the moved', sql`moved = true`],
  ])('whose %s was changed is found', async (_, change) => {
    await takeCheckpoint();

    await tamper(sql`update evidence_heads set ${change}`);

    expect((await problems()).join()).toContain(`HEAD_CHANGED ${CONTRACT}`);
  });

  it('of a chain that never was is found', async () => {
    await tamper(
      sql`insert into evidence_heads select 'contract:2', app_id, 1, hash, null, true, mac from evidence_heads`,
    );

    expect(await problems()).toEqual(['CHAIN_CUT contract:2 1']);
  });

  it('that was rolled back together with its chain contradicts the checkpoint, also with the MAC it once had', async () => {
    const [old] = await tamper(sql`select * from evidence_heads where subject = ${CONTRACT}`);
    await append(CONTRACT, 'party-signed');
    await takeCheckpoint();

    await tamper(sql`delete from evidence_entries where subject = ${CONTRACT} and sequence > 2`);
    await tamper(sql`update evidence_heads set sequence = 2, hash = ${old?.hash}, mac = ${old?.mac}, checkpoint = null,
      moved = true where subject = ${CONTRACT}`);

    expect(await problems()).toEqual([`CHECKPOINT_CONTRADICTED ${CONTRACT} 3`]);
  });
});

describe('a whole chain that was removed', () => {
  it('is found by the checkpoint that took it in', async () => {
    await append(CONTRACT, 'contract-started', 'will-confirmed');
    await append(USER, 'user-created');
    await takeCheckpoint();

    await removeChain(CONTRACT);

    expect(await problems()).toEqual([`CHECKPOINT_CONTRADICTED ${CONTRACT} 2`]);
  });

  it('is found before any checkpoint by the table of its subject', async () => {
    await tamper(sql`insert into example_subjects values ('g1')`);
    await append('seal-grant:g1', 'seal-grant-given');
    expect(await problems()).toEqual([]);

    await removeChain('seal-grant:g1');

    expect(await problems()).toEqual(['CHAIN_MISSING seal-grant:g1']);
  });

  async function removeChain(subject: string): Promise<void> {
    await tamper(sql`delete from evidence_entries where subject = ${subject}`);
    await tamper(sql`delete from evidence_heads where subject = ${subject}`);
  }
});

describe('a checkpoint', () => {
  beforeEach(async () => {
    for (const kind of ['contract-started', 'will-confirmed', 'party-signed']) {
      await append(CONTRACT, kind);
      await takeCheckpoint();
    }
  });

  it.each([
    ['time', sql`at = at + interval '1 second'`],
    ['time to one that has no spelling', sql`at = 'infinity'`],
    ['heads', sql`heads = '[]'`],
    ['heads to something unreadable', sql`heads = 'nothing'`],
    ['heads to something else', sql`heads = '{"a":1}'`],
    ['previous hash', sql`previous_hash = decode(repeat('11', 32), 'hex')`],
    ['hash', sql`hash = decode(repeat('00', 32), 'hex')`],
  ])('whose %s was changed is found', async (_, change) => {
    await tamper(sql`update evidence_checkpoints set ${change} where number = 2`);

    expect(await problems()).toContain('CHECKPOINT_CHANGED checkpoint:2');
  });

  it.each([
    ['signature', sql`signature = signature || '\\x00'::bytea`],
    ['certificate', sql`certificate = '\\x3000'::bytea`],
  ])('whose %s was changed is found', async (_, change) => {
    await tamper(sql`update evidence_checkpoints set ${change} where number = 2`);

    expect(await problems()).toEqual(['CHECKPOINT_SIGNATURE checkpoint:2']);
  });

  it.each([
    ['the first', 1],
    ['one in the middle', 2],
    ['the last', 3],
  ])('that was removed is found (%s)', async (_, number) => {
    await tamper(sql`delete from evidence_checkpoints where number = ${number}`);

    expect(await problems()).toContain(`CHECKPOINT_MISSING checkpoint:${number}`);
  });

  it('that was the last and was removed is found although every chain has grown since', async () => {
    await append(CONTRACT, 'contract-completed');

    await tamper(sql`delete from evidence_checkpoints where number = 3`);

    expect(await problems()).toEqual(['CHECKPOINT_MISSING checkpoint:3']);
  });

  it.each([
    ['after the last', 4],
    ['far away', 40],
    ['with number 0', 0],
    ['with a negative number', -1],
  ])('that was inserted is found by its signature (%s)', async (_, number) => {
    const [last] = await tamper(sql`select hash, signature, certificate from evidence_checkpoints where number = 3`);
    const previousHash = last?.hash as Buffer;
    const at = new Date('2026-11-24T03:00:00.000Z');
    const hash = hashCheckpoint({ number, at, previousHash, heads: '[]' });

    await tamper(sql`
      insert into evidence_checkpoints values (${number}, ${at.toISOString()}, ${previousHash}, '[]', ${Buffer.from(hash)},
        ${last?.signature}, ${last?.certificate})`);

    expect(await problems()).toContain(`CHECKPOINT_SIGNATURE checkpoint:${number}`);
  });

  it('that was replaced by one over a rewritten chain is found by its signature', async () => {
    await rewriteChain((entries) => entries.map((entry) => ({ ...entry, content: '{}' })));
    const [last] = await tamper(sql`select * from evidence_checkpoints where number = 3`);
    const [head] = await tamper(sql`select * from evidence_heads`);
    const heads = JSON.stringify([[CONTRACT, 3, Buffer.from(head?.hash as Buffer).toString('hex')]]);
    const content = { number: 3, at: last?.at as Date, previousHash: last?.previous_hash as Buffer, heads };
    const hash = hashCheckpoint({ ...content, at: new Date(content.at) });

    await tamper(sql`update evidence_checkpoints set heads = ${heads}, hash = ${Buffer.from(hash)} where number = 3`);

    const found = await problems();
    expect(found).toContain('CHECKPOINT_SIGNATURE checkpoint:3');
    expect(found).toContain(`HEAD_CHANGED ${CONTRACT} 3`);
  });
});

describe('clean evidence', () => {
  it('gives no problems and says how much there is', async () => {
    await append(CONTRACT, 'contract-started', 'will-confirmed');
    await append(USER, 'user-created');
    await takeCheckpoint();
    await append(CONTRACT, 'party-signed');

    expect(await fixture.verify()).toEqual({ entries: 4, chains: 2, checkpoints: 1, problems: [] });
  });

  it('gives no problems before there is any', async () => {
    expect(await fixture.verify()).toEqual({ entries: 0, chains: 0, checkpoints: 0, problems: [] });
  });
});
