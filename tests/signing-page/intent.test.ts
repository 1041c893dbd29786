/** The proof of the will: one code, five tries, ten minutes, one signature, whatever happens in between. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { judgeByPdfsig } from '../journeys/outside-judges.ts';
import { downloadAll } from '../journeys/people.ts';
import { AGREED, openPage, otherThan, type SigningPage } from './page.ts';
import { createCast, signer, useScene } from './scene.ts';

const scene = useScene();

async function untilCode(signers = [signer('buyer')]) {
  const contractId = await scene.start(signers);
  const page = await scene.open(contractId, 'buyer');
  await page.untilIntent();
  return { contractId, page, code: await page.codeFor('intent') };
}

async function kindsOf(contractId: string, ...kinds: string[]): Promise<string[]> {
  return (await scene.evidenceOf(contractId)).map(({ kind }) => kind).filter((kind) => kinds.includes(kind));
}

describe('a code for the will to sign', () => {
  it('may be mistaken five times, then a new one is needed', async () => {
    const { page, code } = await untilCode();
    const wrong = { code: otherThan(code) };

    const answers = [];
    for (let i = 0; i < 5; i++)
      answers.push((await page.post<{ remainingAttempts: number }>('/sign/intent', wrong)).body);

    expect(answers).toEqual(
      [4, 3, 2, 1, 0].map((remainingAttempts) => ({
        ...{ error: 'WRONG_CODE', code: '422', msg: '验证码不正确', remainingAttempts },
        logKey: expect.stringMatching(/^[0-9a-f]{8}$/),
      })),
    );
    expect(await page.post('/sign/intent', { code })).toMatchObject({ body: { error: 'SMS_CODE_EXHAUSTED' } });
    expect(await page.state()).toMatchObject({ step: 'intent' });
    const fresh = await page.codeFor('intent');
    expect(await page.done('/sign/intent', { code: fresh })).toMatchObject({ outcome: 'signed' });
  });

  it('gives no more than five tries however many come at once', async () => {
    const { page, code } = await untilCode();
    const wrong = { code: otherThan(code) };

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => page.post<{ error: string }>('/sign/intent', wrong)),
    );

    expect(answers.filter(({ body }) => body.error === 'WRONG_CODE')).toHaveLength(5);
    expect(answers.filter(({ body }) => body.error === 'SMS_CODE_EXHAUSTED')).toHaveLength(15);
  });

  it('lives five minutes', async () => {
    const { page, code } = await untilCode();
    scene.clock.advance({ minutes: 5 });

    expect(await page.post('/sign/intent', { code })).toMatchObject({
      status: 409,
      body: { error: 'SMS_CODE_EXPIRED' },
    });
  });

  it('is replaced by the next one', async () => {
    const { page, code } = await untilCode();
    const next = await page.codeFor('intent');

    const old = await page.post('/sign/intent', { code });

    expect(old).toMatchObject({ status: 422, body: { error: 'WRONG_CODE' } });
    expect(await page.done('/sign/intent', { code: next })).toMatchObject({ outcome: 'signed' });
  });

  it('counts for no other contract', async () => {
    const [first, second] = [await untilCode(), await untilCode()];

    const answer = await second.page.post('/sign/intent', { code: first.code });

    expect(answer).toMatchObject({ body: { error: 'WRONG_CODE' } });
  });

  it('must be asked for', async () => {
    const page = await scene.open(await scene.start([signer('buyer')]), 'buyer');
    await page.untilIntent();

    expect(await page.post('/sign/intent', { code: '123456' })).toMatchObject({
      status: 409,
      body: { error: 'SMS_CODE_NOT_SENT' },
    });
  });

  it.each(['', '12345', '1234567', 'abcdef'])('is six digits, not %j', async (code) => {
    const { page } = await untilCode();

    expect(await page.post('/sign/intent', { code })).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
  });

  it('is sent once a minute where the app has limits', async () => {
    const cast = await createCast(scene.platform, await scene.platform.createApp({ smsLimits: true }));
    const page = await cast.open(await cast.start([signer('buyer')]), 'buyer');
    await page.untilIntent();

    const sent = await page.post('/sign/code', { purpose: 'intent' });
    scene.clock.advance({ seconds: 20 });
    const again = await page.post('/sign/code', { purpose: 'intent' });

    expect(sent.body).toEqual({
      ...{ phone: '138****0000', expiresInSeconds: 300, resendAfterSeconds: 60 },
      sandboxCode: expect.stringMatching(/^\d{6}$/),
    });
    expect(again).toMatchObject({ status: 409, body: { error: 'SMS_TOO_SOON', retryAfterSeconds: 40 } });
  });

  it('is not asked for when there is no seal to sign with', async () => {
    const { fileCode, client, platform } = scene;
    const sealId = (await client.persons.get({ accountId: 'seller' })).sealId ?? '';
    const signFields = [{ fileCode, sealId, signFieldPosition: { positionPage: 1, positionX: 100, positionY: 200 } }];
    const page = await scene.open(await scene.start([signer('seller', { signFields })]), 'seller');
    await page.done('/sign/consent', AGREED);
    const setStatus = (status: string) =>
      platform.database.pool.query('update seals set status = $1 where id = $2', [status, sealId]);
    await setStatus('disabled');

    const answer = await page.post('/sign/code', { purpose: 'intent' });

    await setStatus('enabled');
    expect(answer).toMatchObject({ status: 409, body: { error: 'SEAL_NOT_USABLE' } });
  });
});

describe('a right code', () => {
  it('signs once when it is sent five times at once', async () => {
    const { contractId, page, code } = await untilCode([signer('buyer'), signer('seller')]);

    const answers = await Promise.all(Array.from({ length: 5 }, () => page.post('/sign/intent', { code })));

    expect(answers.map(({ status, body }) => [status, body.step, body.outcome])).toEqual(
      answers.map(() => [200, 'closed', 'signed']),
    );
    expect(await kindsOf(contractId, 'intent-passed', 'will-confirmed', 'party-signed')).toEqual([
      ...['intent-passed', 'will-confirmed', 'party-signed'],
    ]);
  });

  it('signs once from two tabs', async () => {
    const { contractId, page, code } = await untilCode();
    const otherTab = await openPage(await scene.linkOf(contractId, 'buyer'));

    const answers = await Promise.all([page, otherTab].map((tab) => tab.post('/sign/intent', { code })));

    expect(answers).toMatchObject([{ body: { outcome: 'signed' } }, { body: { outcome: 'signed' } }]);
    expect(await kindsOf(contractId, 'will-confirmed', 'party-signed')).toEqual(['will-confirmed', 'party-signed']);
    const [signed] = await downloadAll(scene.client, contractId);
    expect(judgeByPdfsig(signed as Uint8Array).signers).toHaveLength(1);
  });

  it('loses to a refusal in another tab, or wins; never both', async () => {
    const { contractId, page, code } = await untilCode([signer('buyer'), signer('seller')]);

    const answers = await Promise.all([
      page.post('/sign/intent', { code }),
      page.post('/sign/decline', { reason: '金额有误' }),
    ]);

    const { signStatus } = await scene.client.contracts.getParty({ contractId, accountId: 'buyer' });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(['finished', 'rejected']).toContain(signStatus);
    expect(await kindsOf(contractId, 'party-signed', 'contract-declined')).toEqual([
      signStatus === 'finished' ? 'party-signed' : 'contract-declined',
    ]);
  });
});

describe('a server that dies between the right code and the recorded will', () => {
  it('leaves the party at the confirmation, which needs no other code', async () => {
    const { contractId, page } = await interrupted();

    expect(await page.state()).toMatchObject({ step: 'confirm', outcome: null });
    expect(await kindsOf(contractId, 'intent-passed', 'will-confirmed')).toEqual(['intent-passed']);
    expect(await page.done('/sign/confirm')).toMatchObject({ step: 'closed', outcome: 'signed' });

    expect(await kindsOf(contractId, 'intent-passed', 'will-confirmed')).toEqual(['intent-passed', 'will-confirmed']);
  });

  it('lets the party decline all the same', async () => {
    const { page } = await interrupted();

    expect(await page.done('/sign/decline', { reason: '金额有误' })).toMatchObject({ outcome: 'declined' });
  });

  it('lets no other seal be chosen any more', async () => {
    const { page } = await interrupted();
    const { chosenSealId } = await page.state();

    expect(await page.done('/sign/seal', { by: 'typing', keep: false })).toMatchObject({
      step: 'confirm',
      chosenSealId,
    });
  });

  it('lets the check be done again after ten minutes', async () => {
    const { page } = await interrupted();
    scene.clock.advance({ minutes: 10 });

    expect(await page.state()).toMatchObject({ step: 'intent' });
    expect(await page.post('/sign/confirm')).toMatchObject({ status: 409, body: { error: 'CEREMONY_STEP_CONFLICT' } });
    expect(await page.done('/sign/intent', { code: await page.codeFor('intent') })).toMatchObject({
      outcome: 'signed',
    });
  });

  /** The will waits for the contract's row, which somebody else holds; then its connection is cut, as a crash would do. */
  async function interrupted(): Promise<{ contractId: string; page: SigningPage }> {
    const { contractId, page, code } = await untilCode([signer('buyer'), signer('seller')]);
    const holder = new pg.Client({ connectionString: scene.platform.databaseUrl });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select 1 from contracts where id = $1 for update', [contractId]);
    const answer = page.post('/sign/intent', { code });
    for (let cut = false; !cut; await sleep(10)) {
      const { rowCount } = await scene.platform.database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%"contracts"%for update%'`,
      );
      cut = (rowCount ?? 0) > 0;
    }
    expect((await answer).status).toBe(500);
    await holder.query('rollback');
    await holder.end();
    return { contractId, page };
  }
});
