/** What input is accepted, and how what is not is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call, callJson, FORM, get, type WireAnswer, type WireApp } from './wire-client.ts';

const LIST = '/open/contract/list';
const USER = '/open/psnCreateUncertified';
const START = '/open/contract/start';

let platform: TestPlatform;
let app: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
});
afterAll(() => platform.close());

const post = (path: string, text: string | Uint8Array): Promise<WireAnswer> =>
  call(app, { target: `/api${path}`, body: text });
const refused = { code: '400', success: false, result: null };

describe('liberal input', () => {
  it.each([
    ['unknown fields', { pageNum: 1, colour: 'red', deep: { a: [1] } }],
    ['null for what is optional', { pageNum: null, contractStatus: null, begin: null }],
    ['an empty text for what is optional', { pageNum: '', contractStatus: '', accountId: '' }],
    ['a number as text', { pageNum: '1', pageSize: '10' }],
    ['a text as number', { accountId: 3321 }],
    ['a time as number', { begin: 1731665282313 }],
  ])('takes %s', async (_, input) => {
    expect((await callJson(app, LIST, input)).body).toMatchObject({ code: '200', result: { list: [], total: 0 } });
  });

  it.each([
    ['JSON', () => callJson(app, LIST, { pageNum: 1, accountId: '甲' })],
    ['a query', () => get(app, LIST, { pageNum: '1', accountId: '甲' })],
    [
      'a form',
      () =>
        call(app, {
          target: `/api${LIST}`,
          type: FORM,
          body: 'pageNum=1&accountId=%E7%94%B2',
          signedUrl: `/api${LIST}?accountId=甲&pageNum=1`,
        }),
    ],
    ['a POST without a body', () => call(app, { method: 'POST', target: `/api${LIST}?pageNum=1` })],
    ['a POST with an empty body', () => post(LIST, '')],
    ['JSON with a byte order mark', () => post(LIST, '\ufeff{"pageNum":1}')],
    ['JSON under another type', () => call(app, { target: `/api${LIST}`, type: 'text/plain', body: '{"pageNum":1}' })],
    [
      'JSON whose type names a charset',
      () => call(app, { target: `/api${LIST}`, type: 'application/json;charset=UTF-8', body: '{}' }),
    ],
    [
      'JSON without a type',
      () => call(app, { target: `/api${LIST}`, body: '{}', headers: { 'Content-Type': undefined } }),
    ],
  ])('may come as %s', async (_, send) => {
    expect((await send()).body).toMatchObject({ code: '200', result: { list: [], total: 0 } });
  });

  it('gives the body the last word over the query, and the last of two equal keys', async () => {
    const answer = await call(app, { target: `/api${LIST}?pageSize=0`, body: '{"pageSize":1000,"pageSize":5}' });

    expect(answer.body.code).toBe('200');
  });

  it.each([['/open/tempUserCreate'], ['/open/userCreate']])('is the same at the alias %s', async (path) => {
    const answer = await callJson(app, path, { accountId: path, informPhone: 13800000000 });

    expect(answer.body.result).toEqual({ accountId: path });
  });

  it('answers an integer beyond exactness by asking for text', async () => {
    const answer = await post(USER, '{"accountId":9007199254740993,"informPhone":"13800000000"}');

    expect(answer.body).toMatchObject(refused);
    expect(answer.body.msg).toBe('参数错误. accountId: 整数超出精确范围,请以字符串发送');
  });

  it('keeps a long number that is sent as text', async () => {
    const answer = await callJson(app, USER, { accountId: '9007199254740993', informPhone: '13800000000' });

    expect(answer.body.result).toEqual({ accountId: '9007199254740993' });
  });
});

describe('wrong input', () => {
  it('has every wrong field named at once, lists with their index', async () => {
    const { body } = await callJson(app, START, {
      docs: [{ fileId: 'a', fileCode: 'x' }, { fileOrder: 'first' }],
      signFlowInitiator: {},
      signers: [
        {
          accountId: 'a',
          signFields: [{ fileCode: 'FC_1', signFieldStyle: 3, signFieldPosition: { positionX: 'left' } }],
        },
        { signFields: [] },
        'nobody',
      ],
    });

    expect(body).toMatchObject(refused);
    expect(body.msg.replace('参数错误. ', '').split('; ').sort()).toEqual(
      [
        'docs[0].fileCode: 应以FC_开头',
        'docs[1].fileCode: 必填',
        'docs[1].fileId: 必填',
        'docs[1].fileOrder: 应为整数',
        'signFlowInitiator.accountId: 必填',
        'signers[0].signFields[0].signFieldPosition.positionX: 应为数字',
        'signers[0].signFields[0].signFieldStyle: 不能大于2',
        'signers[1].accountId: 必填',
        'signers[1].signFields: 必填',
        'signers[2]: 应为对象',
      ].sort(),
    );
  });

  it.each([
    ['text', 'hello'],
    ['half an object', '{"pageNum":1'],
    ['two objects', '{}{}'],
    ['single quotes', "{'pageNum':1}"],
    ['NaN', '{"pageNum":NaN}'],
    ['a comment', '{/* */}'],
  ])('that is no JSON but %s is a bad request', async (_, text) => {
    const answer = await post(LIST, text);

    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ ...refused, msg: 'Unreadable Body, the body is not valid JSON' });
  });

  it.each([['[]'], ['[1,2]'], ['7'], ['"text"'], ['null'], ['true']])(
    'that is no object but %s is named',
    async (text) => {
      const answer = await post(LIST, text);

      expect(answer.body).toMatchObject(refused);
      expect(answer.body.msg).toMatch(/^参数错误\. body: (应为对象|必填)$/);
    },
  );

  it.each([
    ['in JSON', () => post(USER, Buffer.from('{"accountId":"\xff\xfe"}', 'latin1'))],
    ['in a Chinese encoding', () => post(USER, Buffer.from('7b226163636f756e744964223a22d5c5c8fd227d', 'hex'))],
  ])('that is not UTF-8 %s is a bad request', async (_, send) => {
    const answer = await send();

    expect(answer.status).toBe(400);
    expect(answer.body.msg).toBe('Unreadable Body, the body is not valid UTF-8');
  });

  it.each([
    ['a NUL', '{"accountId":"a\\u0000b","informPhone":"13800000000"}'],
    ['half a character', '{"accountId":"a\\ud800","informPhone":"13800000000"}'],
  ])('with %s is named, not stored', async (_, text) => {
    const answer = await post(USER, text);

    expect(answer.body).toMatchObject({ ...refused, msg: '参数错误. accountId: 含有非法字符' });
  });

  it('with a NUL in a query is named', async () => {
    const query = await call(app, {
      target: '/api/open/psnGet?accountId=a%00b',
      signedUrl: '/api/open/psnGet?accountId=a\0b',
    });

    expect(query.body.msg).toBe('参数错误. accountId: 含有非法字符');
  });

  it.each([
    ['an object', { accountId: {}, informPhone: [] }],
    ['a list', { accountId: ['a'], informPhone: {} }],
    ['a truth', { accountId: true, informPhone: false }],
  ])('of %s in place of text is named', async (_, input) => {
    expect((await callJson(app, USER, input)).body.msg).toMatch(/accountId: .+; informPhone: /);
  });
});

describe('hostile input', () => {
  const DEEP = 200_000;

  it.each([
    ['lists', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['lists in a field', `{"accountId":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    ['lists in a list', `{"signers":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    ['objects in an unknown field', `{"pageNum":0,"x":${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}`],
    ['lists without an end', '['.repeat(DEEP)],
  ])('nested 200,000 deep in %s is a clean 400', async (_, text) => {
    for (const path of [LIST, START]) {
      const answer = await post(path, text);

      expect(answer.body).toMatchObject({ code: '400', success: false });
      expect(answer.text.length).toBeLessThan(2_000);
    }
  });

  it('cannot reach the prototype of anything', async () => {
    const text = '{"__proto__":{"pageNum":0,"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"pageNum":1}';

    const answer = await post(LIST, text);
    const form = await call(app, {
      target: `/api${LIST}?__proto__=x&toString=y`,
      type: FORM,
      body: 'constructor=x',
      signedUrl: `/api${LIST}?__proto__=x&constructor=x&toString=y`,
    });

    expect([answer.body.code, form.body.code]).toEqual(['200', '200']);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('with 300,000 fields is read or refused, not suffered', async () => {
    const fields = Array.from({ length: 300_000 }, (_, i) => `"field${i}":${i}`);

    expect((await post(LIST, `{${fields.join(',')}}`)).body.code).toBe('200');
  });

  it('with seven million list items is refused before each of them is complained about', async () => {
    const answer = await post(START, `{"signers":[${'0,'.repeat(7_000_000)}0]}`);

    expect(answer.status).toBe(400);
    expect(answer.headers['x-ca-error-message']).toContain('items');
  });

  it('with thousands of mistakes gets an answer of readable length', async () => {
    const answer = await callJson(app, START, { signers: Array(40_000).fill({}), docs: [] });

    expect(answer.body.code).toBe('400');
    expect(answer.text.length).toBeLessThan(20_000);
  });

  it('with a form of a thousand parameters is served', async () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `p${String(i).padStart(4, '0')}`);
    const pairs = names.map((name) => `${name}=1`).join('&');

    const answer = await call(app, {
      target: `/api${LIST}`,
      type: FORM,
      body: pairs,
      signedUrl: `/api${LIST}?${pairs}`,
    });

    expect(answer.body.code).toBe('200');
  });

  it.each([
    ["' or 1=1 --"],
    ['%27%22%3B'],
    ['../../etc/passwd'],
    ['{jndi:ldap://x}'],
    ['<script>'],
    ['\u202e\u200b'],
    ['😀'.repeat(16)],
  ])('%j is an account that nobody has', async (accountId) => {
    expect((await get(app, '/open/psnGet', { accountId })).body.code).toBe('oc_10502');
  });
});
