/** Personal data travels in query strings, bodies and mistakes; none of it may stand in a log. */

import { type Endpoint, openApi } from '@signet/protocol/open-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../apps/server/src/kernel/testing/test-database.ts';
import { type SecondServer, startSecondServer } from './second-server.ts';
import { call, callJson, get, multipart, send, type WireAnswer, type WireApp } from './wire-client.ts';

const PERSON = { name: '张三', id: '110101199003078857', phone: '13800000000', card: '6222020200112230' };
const PLAIN = [
  ...Object.values(PERSON),
  ...['%E5%BC%A0%E4%B8%89', Buffer.from(PERSON.name).toString('base64'), PERSON.phone.slice(-8), 'buyer-account'],
  '北京示例科技有限公司',
];
const facts = {
  accountId: 'buyer-account',
  ...{ psnName: PERSON.name, psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: PERSON.id, psnMobile: PERSON.phone },
  ...{ informPhone: PERSON.phone, psnBankCardNo: PERSON.card, phone: PERSON.phone, keyword: PERSON.name },
  ...{ corpName: '北京示例科技有限公司', corpIDCardType: 'CRED_ORG_USCC', corpIDCardNum: '91110105MA01D00006' },
  ...{ legalRepName: PERSON.name, legalRepIDCardType: 'CRED_PSN_CH_IDCARD', legalRepIDCardNum: PERSON.id },
  ...{ reason: PERSON.name, businessCode: PERSON.phone, contractName: PERSON.name, fileName: `${PERSON.name}.pdf` },
};

const endpoints: readonly Endpoint[] = Object.values(openApi);
const everySpelling = endpoints.flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: SecondServer;
let app: WireApp;

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startSecondServer(database.url);
  const settings = { name: 'logs', selfCertification: true, silentSigning: true, smsLimits: false };
  const made = await server.modules.apps.create(settings);
  app = { url: server.url, appKey: made.app.appKey, appSecret: made.secret };
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const texts = Object.fromEntries(Object.entries(facts));
const ask = (path: string, method: string, change: object = {}): Promise<WireAnswer> =>
  method === 'GET' ? get(app, path, { ...texts, ...change }) : callJson(app, path, { ...facts, ...change });

function expectNothingPersonal(): void {
  const logged = server.logged();
  expect([...PLAIN, app.appSecret].filter((secret) => logged.includes(secret))).toEqual([]);
}

describe('the log', () => {
  it('says nothing of the people in the calls of all endpoints', async () => {
    for (const { path, method } of everySpelling) await ask(path, method);

    expect(server.logged()).toContain('/api/open/psnGet');
    expectNothingPersonal();
  });

  it('says nothing of them when the input is wrong', async () => {
    for (const { path, method } of everySpelling)
      await ask(path, method, { psnIDCardNum: '110101199003078858x', pageNum: PERSON.phone });

    expectNothingPersonal();
  });

  it('says nothing of them when the caller is refused', async () => {
    const query = `accountId=${encodeURIComponent(PERSON.name)}&psnIDCardNum=${PERSON.id}`;
    await get({ ...app, appSecret: 'guess' }, '/open/psnGet', { psnIDCardNum: PERSON.id, accountId: PERSON.name });
    await get({ ...app, appKey: PERSON.phone }, '/open/psnGet', { psnIDCardNum: PERSON.id });
    await send(app.url, { method: 'GET', target: `/api/open/${PERSON.id}?${query}` });
    await send(app.url, { method: 'GET', target: `/api/open/%zz${PERSON.id}?${query}` });
    await send(app.url, { method: 'PUT', target: `/api/open/psnGet?${query}` });
    await call(app, { target: '/api/open/psnCreate', body: `{"psnName":"${PERSON.name}` });
    await call(app, {
      target: '/api/open/file/upload',
      ...(await multipart([['file', Buffer.from(PERSON.id), `${PERSON.name}.pdf`]])),
    });

    expectNothingPersonal();
  });

  it('says nothing of them when something breaks, but why it broke and under which logKey', async () => {
    const breakable = ['users', 'verifications', 'contracts', 'seals', 'files', 'messages'];
    const { rows } = await database.database.db.execute<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'`,
    );
    const names = rows.map(({ name }) => name).filter((name) => breakable.some((word) => name.includes(word)));
    for (const name of names) await database.database.db.execute(`alter table ${name} rename to ${name}_away`);

    const answers: WireAnswer[] = [];
    for (const { path, method } of everySpelling) answers.push(await ask(path, method));
    for (const name of names) await database.database.db.execute(`alter table ${name}_away rename to ${name}`);

    const broken = answers.filter(({ status }) => status === 500);
    expect(broken.length).toBeGreaterThan(5);
    for (const { body, text } of broken) {
      expect(text).toMatch(/^\{"result":null,"code":"500","msg":"服务繁忙,请重试\.",/);
      const line = server
        .logged()
        .split('\n')
        .find((each) => each.includes(body.logKey) && each.includes('"err"'));
      expect(line).toContain('42P01');
    }
    expectNothingPersonal();
  });
});

describe('the logKey of an answer', () => {
  it.each([
    ['a success', 200, () => get(app, '/open/contract/list')],
    ['a refusal by a rule', 200, () => get(app, '/open/psnGet', { accountId: 'nobody' })],
    ['a refusal by the gateway', 401, () => get({ ...app, appSecret: 'guess' }, '/open/contract/list')],
    ['an unknown path', 404, () => get(app, '/open/nothing')],
    ['a path that cannot be decoded', 404, () => send(app.url, { method: 'GET', target: '/api/%zz' })],
  ])('of %s is the one in the log, with status and code', async (_, status, ask) => {
    const { body } = await ask();

    await expect.poll(() => server.logged().includes(body.logKey)).toBe(true);
    const line =
      server
        .logged()
        .split('\n')
        .find((text) => text.includes(body.logKey)) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ msg: 'request', logKey: body.logKey, status, code: body.code });
  });

  it('is never taken from the caller', async () => {
    const headers = { 'X-Request-Id': 'deadbeef', 'Request-Id': 'deadbeef' };

    expect((await call(app, { target: '/api/open/contract/list', headers })).body.logKey).not.toBe('deadbeef');
  });
});
