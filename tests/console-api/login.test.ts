import type { ConsoleSession, NewOperator, Operator, TotpEnrollment } from '@signet/protocol/console-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleBrowser, type ConsoleScene, type Member, OWNER, startConsole, totpAt } from './console-client.ts';

let scene: ConsoleScene;
beforeAll(async () => {
  scene = await startConsole();
});
afterAll(() => scene.platform.close());

const failures = (count: number, name: string, password = 'wrong password') =>
  Array.from({ length: count }).reduce<Promise<unknown>>(
    (before) => before.then(() => scene.browser().logIn(name, password)),
    Promise.resolve(),
  );

const account = async ({ accountId }: Member) => {
  const { body } = await scene.owner.get<Operator[]>('/operators');
  return body.find((each) => each.accountId === accountId);
};

async function withTotp(): Promise<Member & { readonly secret: string }> {
  const member = await scene.member('operator');
  const { secret } = await member.browser.done<TotpEnrollment>('/account/totp/begin', { password: member.password });
  await member.browser.done('/account/totp/enable', { totp: totpAt(secret, scene.clock.now()) });
  return { ...member, secret };
}

describe('a login', () => {
  it('finds the account whatever the case of its name', async () => {
    const { status, body } = await scene.browser().logIn(' Olivia ', OWNER.password);

    expect([status, body.account?.name]).toEqual([200, 'olivia']);
  });

  it('answers a wrong password and an unknown name alike', async () => {
    const wrong = await scene.browser().logIn('olivia', 'wrong password');
    const unknown = await scene.browser().logIn('nobody', 'wrong password');

    const withoutLogKey = ({ body }: { body: object }) => ({ ...body, logKey: '' });
    expect(wrong.status).toBe(401);
    expect(withoutLogKey(wrong)).toEqual({ error: 'LOGIN_FAILED', code: '401', msg: '账号或密码不正确', logKey: '' });
    expect([unknown.status, withoutLogKey(unknown)]).toEqual([wrong.status, withoutLogKey(wrong)]);
  });

  it('ends the session of the cookie that it came with', async () => {
    const browser = scene.browser();
    await browser.logIn('olivia', OWNER.password);
    const planted = browser.token;
    await browser.logIn('olivia', OWNER.password);

    const thief = scene.browser();
    thief.token = planted;
    expect((await thief.get<ConsoleSession>('/session')).body.account).toBeNull();
    expect((await browser.get<ConsoleSession>('/session')).body.account?.name).toBe('olivia');
  });

  it('is refused to a disabled account', async () => {
    const member = await scene.member('developer');
    await scene.owner.done(`/operators/${member.accountId}`, { disabled: true });

    expect((await scene.browser().logIn(member.name, member.password)).body.error).toBe('LOGIN_FAILED');
  });

  it('is limited for each address', async () => {
    const browser = scene.browser();
    const answers = await Promise.all(Array.from({ length: 31 }, () => browser.post('/login', { name: 'x' })));

    expect(answers.filter(({ status }) => status === 400)).toHaveLength(30);
    expect(answers.find(({ status }) => status === 429)?.body.error).toBe('TOO_MANY_REQUESTS');
  });
});

describe('the lock of an account', () => {
  it('follows the fifth failure, tells how long it lasts, and ends by itself', async () => {
    const member = await scene.member('auditor');
    await failures(4, member.name);
    expect((await scene.browser().logIn(member.name, 'wrong password')).body.error).toBe('LOGIN_FAILED');

    const locked = await scene.browser().logIn(member.name, member.password);
    expect(locked.body).toMatchObject({ error: 'ACCOUNT_LOCKED', retryAfterSeconds: 60 });
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '60']);

    scene.clock.advance({ seconds: 60 });
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);
    expect(await account(member)).toMatchObject({ lockedUntil: null });
  });

  it('lasts twice as long after each further failure', async () => {
    const member = await scene.member('auditor');
    await failures(5, member.name);
    scene.clock.advance({ minutes: 1 });
    await failures(1, member.name);
    scene.clock.advance({ seconds: 90 });

    const locked = await scene.browser().logIn(member.name, member.password);
    expect(locked.body).toMatchObject({ error: 'ACCOUNT_LOCKED', retryAfterSeconds: 30 });
  });

  it('counts guesses that are sent at once', async () => {
    const member = await scene.member('auditor');
    const guesses = Array.from({ length: 12 }, () => scene.browser().logIn(member.name, 'wrong password'));

    const errors = (await Promise.all(guesses)).map(({ body }) => body.error);
    expect(errors.filter((error) => error === 'LOGIN_FAILED')).toHaveLength(5);
    expect(errors.filter((error) => error === 'ACCOUNT_LOCKED')).toHaveLength(7);
  });

  it('starts from nothing after a login', async () => {
    const member = await scene.member('auditor');
    await failures(4, member.name);
    await scene.browser().logIn(member.name, member.password);
    await failures(4, member.name);

    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);
  });

  it('looks the same for a name without an account', async () => {
    await failures(5, 'no.such.name');

    expect((await scene.browser().logIn('no.such.name', 'wrong password')).body).toMatchObject({
      error: 'ACCOUNT_LOCKED',
      retryAfterSeconds: 60,
    });
  });

  it('can be lifted by an owner', async () => {
    const member = await scene.member('auditor');
    await failures(5, member.name);
    expect((await account(member))?.lockedUntil).toBe(new Date(scene.clock.now().getTime() + 60_000).toISOString());

    await scene.owner.done(`/operators/${member.accountId}`, { unlock: true });
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);
  });

  it('also stops whoever guesses the password from inside a session', async () => {
    const member = await scene.member('auditor');
    const guess = () =>
      member.browser.post('/account/password', { oldPassword: 'wrong password', newPassword: 'another long sentence' });

    const errors = [];
    for (let i = 0; i < 6; i++) errors.push((await guess()).body.error);
    expect(errors).toEqual([...Array(5).fill('PASSWORD_WRONG'), 'ACCOUNT_LOCKED']);
  });
});

describe('the second factor', () => {
  it('is asked for only after the right password, and asking costs no try', async () => {
    const member = await withTotp();
    expect((await scene.browser().logIn(member.name, 'wrong password')).body.error).toBe('LOGIN_FAILED');
    await failures(3, member.name);

    for (let i = 0; i < 3; i++) {
      expect((await scene.browser().logIn(member.name, member.password)).body.error).toBe('TOTP_NEEDED');
    }
    scene.clock.advance({ seconds: 30 });
    const code = totpAt(member.secret, scene.clock.now());
    expect((await scene.browser().logIn(member.name, member.password, code)).status).toBe(200);
  });

  it('takes the codes of the step before and after, and none further off', async () => {
    const member = await withTotp();
    const logInAt = async (step: number) => {
      scene.clock.advance({ minutes: 5 });
      const code = totpAt(member.secret, scene.clock.now(), step);
      return (await scene.browser().logIn(member.name, member.password, code)).status;
    };

    expect([await logInAt(-1), await logInAt(1), await logInAt(-2), await logInAt(2)]).toEqual([200, 200, 422, 422]);
  });

  it('takes each code once', async () => {
    const member = await withTotp();
    const enrolled = totpAt(member.secret, scene.clock.now());
    expect((await scene.browser().logIn(member.name, member.password, enrolled)).body.error).toBe('TOTP_WRONG');

    scene.clock.advance({ minutes: 1 });
    const code = totpAt(member.secret, scene.clock.now());
    const logIns = [0, 1, 2].map(() => scene.browser().logIn(member.name, member.password, code));
    expect((await Promise.all(logIns)).map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });

  it('counts wrong codes like wrong passwords', async () => {
    const member = await withTotp();
    const guess = async () => (await scene.browser().logIn(member.name, member.password, '000000')).body.error;

    const errors = [];
    for (let i = 0; i < 6; i++) errors.push(await guess());
    expect(errors).toEqual([...Array(5).fill('TOTP_WRONG'), 'ACCOUNT_LOCKED']);
  });

  it('is switched off with password and code, and guessing the code there locks too', async () => {
    const member = await withTotp();
    const turnOff = (totp: string) => member.browser.post('/account/totp/disable', { password: member.password, totp });
    scene.clock.advance({ minutes: 1 });
    const code = totpAt(member.secret, scene.clock.now());

    expect((await turnOff('000000')).body.error).toBe('TOTP_WRONG');
    expect((await turnOff(code)).body).toMatchObject({ account: { totpEnabled: false } });
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);
  });

  it('locks the account when its codes are guessed where it is switched off', async () => {
    const member = await withTotp();
    const errors = [];
    for (let i = 0; i < 6; i++) {
      const guess = { password: member.password, totp: '000000' };
      errors.push((await member.browser.post('/account/totp/disable', guess)).body.error);
    }

    expect(errors).toEqual([...Array(5).fill('TOTP_WRONG'), 'ACCOUNT_LOCKED']);
  });

  it('counts from its first right code on, and a second secret needs the first one gone', async () => {
    const member = await scene.member('operator');
    const begin = () => member.browser.post<TotpEnrollment>('/account/totp/begin', { password: member.password });
    const { body } = await begin();
    expect(body.uri).toBe(
      `otpauth://totp/Signet:${member.name}?issuer=Signet&secret=${body.secret}&algorithm=SHA1&digits=6&period=30`,
    );
    expect((await member.browser.post('/account/totp/enable', { totp: '000000' })).body.error).toBe('TOTP_WRONG');
    expect((await scene.browser().logIn(member.name, member.password)).status).toBe(200);

    await member.browser.done('/account/totp/enable', { totp: totpAt(body.secret, scene.clock.now()) });
    expect((await begin()).body.error).toBe('CONFLICT');
  });

  it('is kept only in a secret box', async () => {
    const member = await withTotp();
    const { rows } = await scene.platform.database.db.execute<{ box: Buffer }>(
      `select totp_secret as box from operators where id = '${member.accountId}'`,
    );

    expect(rows[0]?.box.includes(Buffer.from(member.secret))).toBe(false);
  });
});

describe('a password', () => {
  const change = (browser: ConsoleBrowser, oldPassword: string, newPassword: string) =>
    browser.post('/account/password', { oldPassword, newPassword });

  it.each([
    ['password2026', '密码过于简单,请使用不易猜到的词句'],
    ['abcabcabcabcabc', '密码过于简单,请使用不易猜到的词句'],
    ['123456789012', '密码过于简单,请使用不易猜到的词句'],
    ['my name is olivia', '密码不能包含账号名'],
    [OWNER.password, '新密码不能与旧密码相同'],
  ])('%s is refused', async (newPassword, msg) => {
    const answer = await change(scene.owner, OWNER.password, newPassword);

    expect([answer.status, answer.body.error, answer.body.msg]).toEqual([422, 'PASSWORD_TOO_WEAK', msg]);
  });

  it('that was given by somebody else has to be changed before anything else', async () => {
    const made = await scene.owner.done<{ temporaryPassword: string }>('/operators', {
      name: 'newcomer',
      role: 'owner',
    });
    const browser = scene.browser();
    const { body } = await browser.logIn('newcomer', made.temporaryPassword);
    expect(body.account?.mustChangePassword).toBe(true);

    expect((await browser.get('/apps')).body.error).toBe('PASSWORD_CHANGE_NEEDED');
    expect((await browser.post('/account/totp/begin', { password: made.temporaryPassword })).status).toBe(403);
    await change(browser, made.temporaryPassword, 'a sentence of my own');
    expect((await browser.get('/apps')).status).toBe(200);
  });

  it('that was given by somebody else works for 72 hours; then it says so, and an owner gives another one', async () => {
    const made = await scene.owner.done<NewOperator>('/operators', { name: 'latecomer', role: 'auditor' });
    scene.clock.advance({ hours: 72 });

    const late = await scene.browser().logIn('latecomer', made.temporaryPassword);
    expect([late.status, late.body.error, late.body.msg]).toEqual([
      ...[401, 'PASSWORD_EXPIRED', '临时密码已超过72小时,请联系所有者重新生成'],
    ]);
    const owner = scene.browser();
    await owner.logIn(OWNER.name, OWNER.password);
    const again = await owner.done<NewOperator>(`/operators/${made.operator.accountId}/reset`);
    const browser = scene.browser();
    expect((await browser.logIn('latecomer', again.temporaryPassword)).status).toBe(200);
    await change(browser, again.temporaryPassword, 'another sentence of mine');

    scene.clock.advance({ days: 30 });
    expect((await scene.browser().logIn('latecomer', 'another sentence of mine')).status).toBe(200);
  });
});
