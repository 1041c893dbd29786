/** A signature that cannot be made for a while is owed, visible, tried again, and never half there. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../kernel/log.ts';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createContracts } from '../contracts/index.ts';
import { createSigning } from './index.ts';
import { openSigning, SIMULATED, type SigningFixture, startRequest } from './testing/signing-fixture.ts';

const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
let play: SigningFixture;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(clock);
  await play.people('buyer', 'seller');
  fileCode = await play.upload();
});
afterEach(async () => {
  play.interference.beforePut = undefined;
  play.interference.beforeVerify = undefined;
  await play.modules.jobs.stop();
});
afterAll(() => play.close());

const bothParties = [{ accountId: 'buyer' }, { accountId: 'seller' }];

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 25_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await sleep(20);
  }
}

function fault(code: string): () => Promise<void> {
  return async () => {
    throw Object.assign(new Error('the fault of this test'), { code });
  };
}

describe.each([
  ['the storage', 'beforePut', 'ENOSPC'],
  ['the verifier', 'beforeVerify', 'WORKER_GONE'],
] as const)('when %s fails', (_, place, code) => {
  it('the party is told to wait, the debt is visible, and nothing is recorded', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const keysBefore = await play.storedKeys();
    play.interference[place] = fault(code);

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });

    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'sealing', seller: 'signing' });
    expect(await play.contracts.sealing.owed(0)).toContainEqual(
      expect.objectContaining({ contractId, accountId: 'buyer', attempts: 1, error: `Error ${code}` }),
    );
    expect(await play.verdictOf(contractId)).toMatchObject({ signatures: 0 });
    expect(await play.storedKeys()).toEqual(keysBefore);
    expect(await play.stepsOf(contractId)).toEqual(['contract-started', 'will-confirmed']);
  });

  it('the job signs as soon as it can, without anyone asking', async () => {
    const contractId = await play.start(fileCode, bothParties);
    play.interference[place] = fault(code);
    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });
    await play.startJobs();
    await until(async () => (await play.partyOf(contractId, 'buyer')).sealingAttempts > 1);

    play.interference[place] = undefined;

    await until(async () => (await play.partiesOf(contractId)).buyer === 'signed');
    expect(await play.partyOf(contractId, 'buyer')).toMatchObject({ sealingError: null });
    expect(await play.sign(contractId, 'seller')).toBe('signed');
    expect(await play.statusOf(contractId)).toBe('completed');
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
  });

  it('other parties of the contract are not held up longer than the fault', async () => {
    const contractId = await play.start(fileCode, bothParties);
    play.interference[place] = fault(code);
    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });
    play.interference[place] = undefined;

    expect(await play.sign(contractId, 'seller')).toBe('signed');

    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'sealing', seller: 'signed' });
  });
});

describe('a debt whose job has given up', () => {
  it('is tried again on an operator’s word', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }]);
    play.interference.beforePut = fault('EROFS');
    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });
    await play.rowsOf(sql`update graphile_worker._private_jobs set attempts = max_attempts`);
    await play.startJobs();
    await sleep(500);
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'sealing' });

    play.interference.beforePut = undefined;
    expect(await play.contracts.sealing.retryOwed()).toBeGreaterThan(0);

    await until(async () => (await play.statusOf(contractId)) === 'completed');
    expect((await play.contracts.sealing.owed(0)).filter((owed) => owed.contractId === contractId)).toEqual([]);
  });
});

describe('a debt that cannot be paid for a long time', () => {
  const waiting = async (partyId: string) => {
    const [job] = await play.rowsOf(
      sql`select run_at, attempts from graphile_worker.jobs where key = ${`seal-party:${partyId}`}`,
    );
    const runAt = job ? new Date(String(job.run_at)).getTime() : Number.NaN;
    return { inSeconds: (runAt - clock.now().getTime()) / 1_000, attempts: job?.attempts };
  };

  it('is tried again after pauses that grow to an hour and then go on without end', async () => {
    const contractId = await play.start(fileCode, [{ accountId: 'buyer' }]);
    const job = await play.confirm(contractId, 'buyer');
    play.interference.beforePut = fault('EROFS');
    const pauses: number[] = [];

    for (let turn = 0; turn < 30; turn++) {
      await play.signing.debtTurn(job);
      pauses.push((await waiting(job.partyId)).inSeconds);
    }

    expect(pauses.slice(0, 9)).toEqual([10, 30, 60, 120, 300, 900, 1_800, 3_600, 3_600]);
    expect(new Set(pauses.slice(9))).toEqual(new Set([3_600]));
    expect(await play.contracts.sealing.debt()).toMatchObject({
      failing: expect.any(Number),
      oldestAt: expect.any(Date),
    });
    play.interference.beforePut = undefined;
    await play.signing.debtTurn(job);
    expect(await play.statusOf(contractId)).toBe('completed');
    expect((await waiting(job.partyId)).attempts).toBeUndefined();
  });

  it('gets a new job when its own has given up or was lost, and keeps the time of one that waits', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const [lost, waits] = [await play.confirm(contractId, 'buyer'), await play.confirm(contractId, 'seller')];
    await play.rowsOf(
      sql`update graphile_worker._private_jobs set attempts = max_attempts where key = ${`seal-party:${lost.partyId}`}`,
    );
    const before = await waiting(waits.partyId);

    clock.advance({ hours: 1, ms: 1 });
    await play.contracts.sealing.takeUpLost();

    expect((await waiting(lost.partyId)).attempts).toBe(0);
    expect((await waiting(waits.partyId)).inSeconds).toBe(before.inSeconds - 3_600.001);
    await Promise.all([lost, waits].map((job) => play.signing.payDebt(job)));
    expect(await play.statusOf(contractId)).toBe('completed');
  });
});

describe('a stored file that somebody changed', () => {
  it('is not signed, and goes on being signed once it is restored', async () => {
    const contractId = await play.start(fileCode, bothParties);
    await play.sign(contractId, 'seller');
    const rows = await play.rowsOf(
      sql`select storage_key from file_revisions where contract_id = ${contractId} and revision = 2`,
    );
    const path = join(play.dataFolder, 'files', String(rows[0]?.storage_key));
    const original = await play.modules.storage.read(String(rows[0]?.storage_key));
    const changed = Buffer.from(original);
    changed[100] = (changed[100] ?? 0) ^ 1;
    await writeFile(path, changed);

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });

    const [owed] = (await play.contracts.sealing.owed(0)).filter((each) => each.contractId === contractId);
    expect(owed?.error).toBe(`STORED_FILE_CHANGED: ${fileCode}`);
    expect(await play.stepsOf(contractId)).not.toContain('contract-completed');
    await writeFile(path, original);
    await play.signing.payDebt({ appId: play.app.id, contractId, partyId: owed?.partyId ?? '', accountId: 'buyer' });
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 2 });
  });

  it('is not signed when it is gone', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const rows = await play.rowsOf(
      sql`select storage_key from file_revisions where contract_id = ${contractId} and revision = 1`,
    );
    await play.modules.storage.remove(String(rows[0]?.storage_key));

    await expect(play.sign(contractId, 'buyer')).rejects.toMatchObject({ error: 'SEALING_PENDING' });

    expect(await play.partyOf(contractId, 'buyer')).toMatchObject({ status: 'sealing', sealingError: 'Error ENOENT' });
  });
});

describe('a connection that breaks at the commit', () => {
  it('leaves the recorded signature and its file', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const { sealing } = play.contracts;
    const signing = signingWith(
      {},
      {
        record: async (...args) => {
          await sealing.record(...args);
          throw new Error('Connection terminated unexpectedly');
        },
      },
    );

    await expect(signing.sign(play.app, { contractId }, 'buyer', SIMULATED)).rejects.toMatchObject({
      error: 'SEALING_PENDING',
    });

    expect(await play.partyOf(contractId, 'buyer')).toMatchObject({ status: 'signed', sealingError: null });
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
    expect(await play.sign(contractId, 'seller')).toBe('signed');
  });

  it('leaves a started contract that can be signed', async () => {
    const { app, database, modules } = play;
    const transaction: typeof database.transaction = async (...args) => {
      const read = await database.transaction(...args);
      if (read !== undefined) return read;
      throw new Error('Connection terminated unexpectedly');
    };
    const contracts = createContracts({
      ...{ ...modules, clock, mode: 'sandbox', layoutEngine: modules.documentEngine, intentModes: new Set() },
      database: Object.assign(Object.create(database), { transaction }),
    });
    const request = startRequest(fileCode, [{ accountId: 'buyer' }], {});

    await expect(contracts.start(app, { ...request, businessCode: 'lost' })).rejects.toThrow('Connection terminated');

    const { contract } = await play.contracts.get(app, { businessCode: 'lost' });
    expect(await play.sign(contract.id, 'buyer')).toBe('signed');
  });
});

describe('a verifier that never answers', () => {
  it('holds up nobody for longer than the limit', async () => {
    const contractId = await play.start(fileCode, bothParties);
    const keysBefore = await play.storedKeys();
    let answer = (): void => undefined;
    play.interference.beforeVerify = () => new Promise((resolve) => (answer = resolve));
    const signing = signingWith({ longestWorkMs: 300 });

    await expect(signing.sign(play.app, { contractId }, 'buyer', SIMULATED)).rejects.toMatchObject({
      error: 'SEALING_PENDING',
    });

    expect(await play.partyOf(contractId, 'buyer')).toMatchObject({ sealingError: `TOO_SLOW: ${contractId}` });
    play.interference.beforeVerify = undefined;
    // With the usual limit: how fast this machine signs is not the question.
    expect(await signingWith({}).sign(play.app, { contractId }, 'seller', SIMULATED)).toBe('signed');
    answer();
    await until(async () => (await play.storedKeys()).length === keysBefore.length + 1);
    expect(await play.verdictOf(contractId)).toEqual({ valid: true, signatures: 1 });
  });
});

/** Another way into the same contracts. */
function signingWith(
  settings: { longestWorkMs?: number },
  change: Partial<SigningFixture['contracts']['sealing']> = {},
): ReturnType<typeof createSigning> {
  const { modules, database, verifier, contracts } = play;
  return createSigning({
    ...{ ...modules, clock, database, verifier, log: silentLog, mode: 'sandbox', ...settings },
    contracts: { ...contracts, sealing: { ...contracts.sealing, ...change } },
  });
}
