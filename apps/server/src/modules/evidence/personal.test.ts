/** What a chain says of a person can be made unreadable, and the chain is still what it was. */
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { useEvidence } from './testing/evidence-fixture.ts';

const fixture = useEvidence();
const USER = 'user:1';
const PERSONAL = { name: '张*', phone: '138****0000' };

const created = (subject: `user:${string}` = USER) =>
  fixture.database.transaction((tx) =>
    fixture.evidence.appendAll(tx, [
      { appId: 'app-1', subject, kind: 'user-created', content: { state: 'verified' }, personal: PERSONAL },
      { appId: 'app-1', subject, kind: 'seal-made', content: { sealId: 1 } },
    ]),
  );
const read = async () =>
  (await fixture.evidence.entriesOf('app-1', USER)).map(({ kind, personal }) => [kind, personal]);

describe('what an entry says of a person', () => {
  it('is read with the entry, and stands nowhere in clear', async () => {
    await created();

    expect(await read()).toEqual([
      ['user-created', PERSONAL],
      ['seal-made', undefined],
    ]);
    const rows = JSON.stringify(await fixture.tamper(sql`select * from evidence_entries`));
    // The digits of the phone alone may stand in any hash by chance.
    expect(rows).not.toMatch(/张|138\*|\*0000|phone/);
    expect(rows).toContain('verified');
    expect(await fixture.problems()).toEqual([]);
  });

  it('cannot be read any more once it is shredded; the hashes still verify and the chain goes on', async () => {
    await created();
    await created('user:2');
    await fixture.checkpoints.take();
    const before = await fixture.tamper(sql`select content, hash from evidence_entries order by subject, sequence`);

    await fixture.database.transaction((tx) => fixture.evidence.shred(tx, [USER]));
    await fixture.append(USER, 'person-forgotten');

    expect((await read()).map(([, personal]) => personal)).toEqual([undefined, undefined, undefined]);
    const after = await fixture.tamper(
      sql`select content, hash from evidence_entries where kind <> 'person-forgotten' order by subject, sequence`,
    );
    expect(after).toEqual(before);
    expect(await fixture.problems()).toEqual([]);
    expect((await fixture.evidence.entriesOf('app-1', 'user:2'))[0]?.personal).toEqual(PERSONAL);
  });

  it('belongs to its entry: moved to another one it does not open, and the change is found', async () => {
    await created();
    await fixture.append(USER, 'user-modified');

    await fixture.tamper(sql`update evidence_entries set content =
      (select content from evidence_entries where subject = ${USER} and sequence = 1) where sequence = 3`);

    await expect(fixture.evidence.entriesOf('app-1', USER)).rejects.toMatchObject({ name: 'SecretBoxError' });
    expect(await fixture.problems()).toContain('ENTRY_CHANGED user:1 3');
  });

  it('is read by its own app only', async () => {
    await created();

    expect(await fixture.evidence.entriesOf('app-2', USER)).toEqual([]);
  });
});
