/** Bytes that nothing refers to are swept; a signing under way never loses its own. */
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { createUnrecordedBytes } from '../files/index.ts';
import { openSigning, SIMULATED, type SigningFixture } from '../signing/testing/signing-fixture.ts';

const FAR_FUTURE = new Date('2100-01-01T00:00:00Z');

let play: SigningFixture;

beforeAll(async () => {
  play = await openSigning(systemClock, { safetyNetMs: 60_000, claimMs: 60_000 });
  await play.people('buyer', 'seller');
});
afterAll(() => play.close());

describe('bytes that a killed server never recorded', () => {
  it('are removed after a day, while everything recorded stays', async () => {
    const contractId = await play.start(await play.upload(), [{ accountId: 'buyer' }]);
    const stored = await play.storedKeys();
    await play.modules.storage.put('2026-11/abandoned', Buffer.from('nobody knows me'));
    await writeFile(join(play.dataFolder, 'files', '2026-11', 'cut.abcdef.part'), 'half of it');
    expect(await play.storedKeys()).toHaveLength(stored.length + 2);

    await age('2026-11/abandoned', 23.9);
    await age('2026-11/cut.abcdef.part', 1.1);
    await sweep();
    expect((await play.storedKeys()).filter((key) => /abandoned|part/.test(key))).toEqual([
      expect.stringMatching('abandoned'),
    ]);
    await age('2026-11/abandoned', 24.1);
    await sweep();

    expect((await play.storedKeys()).toSorted()).toEqual(stored.toSorted());
    expect(await play.sign(contractId, 'buyer')).toBe('signed');
  });

  async function age(key: string, hours: number): Promise<void> {
    const at = new Date(systemClock.now().getTime() - hours * 3_600_000);
    await utimes(join(play.dataFolder, 'files', key), at, at);
  }

  /** The walk through the storage takes place once a day. */
  async function sweep(): Promise<void> {
    await play.rowsOf(sql`delete from retention_runs`);
    await play.modules.privacy.retention.run();
  }
});

describe('a signer that slept while its bytes were swept', () => {
  it('does not record them, signs once more, and the file is whole', async () => {
    const contractId = await play.start(await play.upload(), [{ accountId: 'buyer' }]);
    const claim = await play.contracts.sealing.claim(await play.confirm(contractId, 'buyer'));
    if (!claim || 'settled' in claim) throw new Error('the claim was not given');
    const storageKey = '2026-11/sleeper';
    await play.modules.storage.put(storageKey, Buffer.from('a signature'));
    const [file] = claim.files;
    const revision = { ...file!.revisions.at(-1)!, revision: 2, storageKey, partyId: claim.party.id };

    await takeAllAbandoned();
    const recorded = await play.contracts.sealing.record(claim, [
      { file: file!.file, revision, certificateSerial: '', timestampedAt: new Date(0) },
    ]);

    expect(recorded).toBe(false);
    expect(await play.rowsOf(sql`select 1 from file_revisions where storage_key = ${storageKey}`)).toEqual([]);
    await play.signing.payDebt({ appId: play.app.id, contractId, partyId: claim.party.id, accountId: 'buyer' });
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
  });

  it('loses nothing in any order: every contract is signed while everything unrecorded is swept all the time', async () => {
    let isSigning = true;
    let taken = 0;
    const sweeping = (async () => {
      while (isSigning) taken += await takeAllAbandoned();
    })();
    const contracts: string[] = [];
    for (let round = 0; round < 4; round++) {
      // Whether a signer's own bytes are caught is chance; that the sweeper is at work must not be.
      await play.modules.storage.put(`2026-11/litter-${round}`, Buffer.from('nobody knows me'));
      const started = Array.from({ length: 3 }, async () => {
        for (;;) {
          // The upload and the layout are stored before they are recorded, too.
          const fileCode = await play.upload().catch(busy);
          const contractId =
            fileCode && (await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]).catch(busy));
          if (contractId) return contractId;
        }
      });
      for (const contractId of await Promise.all(started)) {
        contracts.push(contractId);
        await Promise.all(
          ['buyer', 'seller'].map((accountId) => play.signing.sign(play.app, { contractId }, accountId, SIMULATED)),
        );
      }
    }
    isSigning = false;
    await sweeping;
    taken += await takeAllAbandoned();

    expect(taken).toBeGreaterThanOrEqual(4);
    const verdicts = await Promise.all(contracts.map((contractId) => play.verdictOf(contractId)));
    expect(verdicts).toEqual(contracts.map(() => ({ valid: true, signatures: 2 })));
    expect(await play.evidenceProblems()).toEqual([]);
  });

  function busy(error: { error?: string }): undefined {
    if (error.error !== 'SYSTEM_BUSY') throw error;
  }

  /** As if every byte had been stored long ago. */
  function takeAllAbandoned(): Promise<number> {
    const { storage, files, contracts } = play.modules;
    const references = [files.references.bytes, contracts.references.bytes];
    return createUnrecordedBytes({ database: play.database, storage, clock: systemClock, references }).erase(
      FAR_FUTURE,
      50,
    );
  }
});
