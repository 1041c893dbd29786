/** Uploads: what anything refers to stays, whoever comes at the same moment. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { openSigning, type SigningFixture } from '../signing/testing/signing-fixture.ts';

const START = new Date('2026-11-24T10:00:00+08:00');

let clock: ManualClock;
let play: SigningFixture;

beforeAll(async () => {
  clock = new ManualClock(START);
  play = await openSigning(clock, { safetyNetMs: 60_000, claimMs: 60_000 });
  await play.people('buyer', 'seller');
});
afterAll(() => play.close());

const sweep = () => play.modules.privacy.retention.run();
const filesKnown = async () =>
  (await play.rowsOf(sql`select file_code from files order by created_at, file_code`)).map((row) =>
    String(row.file_code),
  );

describe('an upload', () => {
  it('goes after 30 days with its bytes, unless a contract signs it, attaches it, or a letter is it', async () => {
    const [signed, attached, letter, unused] = [
      await play.upload(),
      await play.upload(),
      await play.upload(),
      await play.upload(),
    ];
    const contractId = await play.start(signed, [{ accountId: 'buyer' }]);
    await play.rowsOf(sql`insert into contract_attachments values (${contractId}, ${attached}, 1)`);
    await play.rowsOf(sql`insert into verifications (id, app_id, kind, facts, created_at, last_progress_at, used_at)
      values ('v', ${play.app.id}, 'organization', '\\x00', ${START}, ${START}, ${START})`);
    await play.rowsOf(sql`insert into identity_checks (id, verification_id, kind, outcome, source, reason, request_id, created_at)
      values ('c', 'v', 'authorization-letter', 'passed', 'review', '', 'r', ${START})`);
    await play.rowsOf(
      sql`insert into authorization_letters values ('c', ${play.app.id}, 'v', ${letter}, '\\x00', null)`,
    );
    const before = (await play.storedKeys()).length;

    clock.advance({ days: 30 });
    await sweep();
    expect(await filesKnown()).toHaveLength(4);
    clock.advance({ days: 1, ms: 1 });
    await sweep();

    expect((await filesKnown()).toSorted()).toEqual([signed, attached, letter].toSorted());
    expect(await play.storedKeys()).toHaveLength(before - 1);
    await expect(play.modules.files.read(play.app.id, unused)).rejects.toMatchObject({ error: 'FILE_NOT_FOUND' });
    expect(await play.sign(contractId, 'buyer')).toBe('signed');
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
  });

  it('that a contract is being started with is kept, or the start is refused: never half of it', async () => {
    const outcomes: string[] = [];
    for (let round = 0; round < 8; round++) {
      clock.advance({ days: 60 });
      const fileCode = await play.upload();
      clock.advance({ days: 31 });
      const swept = play.modules.privacy.retention.run();
      const started = await play
        .start(fileCode, [{ accountId: 'seller' }])
        .catch((error: { error: string }) => error.error);
      await swept;
      const isKept = (await filesKnown()).includes(fileCode);
      outcomes.push(started === 'FILE_NOT_FOUND' ? `refused ${isKept}` : `started ${isKept}`);
    }

    expect(outcomes.filter((each) => each !== 'refused false' && each !== 'started true')).toEqual([]);
  });
});
