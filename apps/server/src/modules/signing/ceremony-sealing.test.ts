/** A party whose will is recorded waits on its page until its signature can be made. */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { openSigning, type SigningFixture } from './testing/signing-fixture.ts';

const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));
let play: SigningFixture;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(clock);
  await play.people('buyer', 'seller');
  fileCode = await play.upload();
});
afterEach(async () => {
  play.interference.beforeVerify = undefined;
  await play.modules.jobs.stop();
});
afterAll(() => play.close());

/** A contract of two parties; the buyer has agreed and holds the right code, and no signature can be made. */
async function failing() {
  const contractId = await play.start(fileCode, [{ accountId: 'buyer' }, { accountId: 'seller' }]);
  const visit = { app: play.app, contractId, accountId: 'buyer', isExpired: false };
  const { ceremonies } = play.signing;
  await ceremonies.giveConsent(visit, '1');
  clock.advance({ minutes: 2 });
  const { issued } = await ceremonies.sendCode(visit, 'intent');
  play.interference.beforeVerify = () => Promise.reject(new Error('the fault of this test'));
  return { contractId, visit, ceremonies, code: issued.sandboxCode ?? '' };
}

describe('a signature that cannot be made at once', () => {
  it('is owed: the page says so, whatever the party does', async () => {
    const { visit, ceremonies, contractId, code } = await failing();

    expect(await ceremonies.passIntent(visit, code)).toEqual({ passed: true });

    expect((await ceremonies.view(visit)).standing).toEqual({ step: 'sealing', outcome: null, mayRead: true });
    await ceremonies.decline(visit, '改主意了');
    await ceremonies.chooseSeal(visit, { by: 'typing', keep: false });
    expect((await ceremonies.view(visit)).standing.step).toBe('sealing');
    expect(await play.partiesOf(contractId)).toEqual({ buyer: 'sealing', seller: 'signing' });
  });

  it('is made when the party asks again and the fault is gone', async () => {
    const { visit, ceremonies, contractId, code } = await failing();
    await ceremonies.passIntent(visit, code);
    play.interference.beforeVerify = undefined;

    await ceremonies.confirm(visit);

    expect((await ceremonies.view(visit)).standing).toMatchObject({ step: 'closed', outcome: 'signed' });
    expect((await play.stepsOf(contractId)).filter((kind) => kind === 'will-confirmed')).toHaveLength(1);
  });

  it('is made by the platform itself, and the page learns of it', async () => {
    const { visit, ceremonies, code } = await failing();
    await ceremonies.passIntent(visit, code);
    play.interference.beforeVerify = undefined;
    await play.startJobs();
    await play.contracts.sealing.retryOwed();

    while ((await ceremonies.view(visit)).standing.step === 'sealing') await sleep(20);

    expect((await ceremonies.view(visit)).standing).toMatchObject({ step: 'closed', outcome: 'signed' });
  });

  it('uses the check up: it counts for no second signature', async () => {
    const { visit, ceremonies, contractId, code } = await failing();
    await ceremonies.passIntent(visit, code);

    const rows = await play.rowsOf(sql`select intent_used_at from ceremonies where contract_id = ${contractId}`);

    expect(rows).toEqual([{ intent_used_at: expect.anything() }]);
  });
});
