/** Forgetting a person beside everything else that happens at the same moment. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../kernel/clock.ts';
import { ON_THE_SERVER } from '../operators/index.ts';
import { openSigning, type SigningFixture } from '../signing/testing/signing-fixture.ts';

const ROUNDS = 12;

let play: SigningFixture;
let fileCode: string;

beforeAll(async () => {
  play = await openSigning(systemClock);
  fileCode = await play.upload();
});
afterAll(() => play.close());

/** Everybody of the fixture has the same id number, so one account is made at a time. */
const accountId = (round: number): string => `person-${round}`;
const forget = (account: string) =>
  play.modules.privacy
    .forget({ appId: play.app.id, who: { accountId: account } }, ON_THE_SERVER)
    .then(() => 'forgotten')
    .catch((error: Error) => error.name);

describe('a contract that starts while its party is being forgotten', () => {
  it('is refused, or keeps the party from being forgotten: never a contract that waits for nobody', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const account = accountId(round);
      await play.people(account);
      const [started, forgotten] = await Promise.all([
        play
          .start(fileCode, [{ accountId: account }])
          .then((contractId) => contractId)
          .catch((error: { error: string }) => error.error),
        forget(account),
      ]);
      outcomes.add(`${started === 'ACCOUNT_NOT_FOUND' ? 'refused' : 'started'}, ${forgotten}`);
      if (forgotten === 'forgotten') continue;
      await play.contracts.withdraw(play.app, { contractId: started }, null);
      expect(await forget(account)).toBe('forgotten');
    }

    expect([...outcomes].filter((each) => !['refused, forgotten', 'started, ForgetRefused'].includes(each))).toEqual(
      [],
    );
    const orphans = await play.rowsOf(sql`
      select 1 from contract_parties p join contracts c on c.id = p.contract_id
      where c.status = 'signing' and not exists (select 1 from users u where u.id = p.user_id)`);
    expect(orphans).toEqual([]);
    expect(await play.evidenceProblems()).toEqual([]);
  });
});

describe('an account that is made again while it is being forgotten', () => {
  it('exists as before or not at all, and its id is never given to somebody new', async () => {
    await play.people('again');
    const again = () =>
      play.modules.users
        .createUnverified(play.app.id, { accountId: 'again', phone: '13800000009' })
        .then(() => 'made')
        .catch((error: { error: string }) => error.error);

    const answers = await Promise.all([again(), forget('again'), again(), again()]);
    answers.push(await again());

    expect(answers).toContain('forgotten');
    expect(answers).not.toContain('made');
    expect(answers.at(-1)).toBe('ACCOUNT_FORGOTTEN');
    expect(await play.rowsOf(sql`select 1 from users where account_id = 'again'`)).toEqual([]);
  });
});
