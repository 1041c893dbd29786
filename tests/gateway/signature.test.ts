/** Every tolerated form of the request signature over real HTTP, and how a wrong one is answered. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import {
  call,
  callJson,
  documentedText,
  FORM,
  hmac,
  md5,
  multipart,
  type Signable,
  send,
  type WireApp,
} from './wire-client.ts';

const LIST = '/api/open/contract/list';
const UNLISTED = { 'X-Ca-Signature-Headers': undefined, 'X-Ca-Nonce': undefined, 'X-Ca-Timestamp': undefined };

let platform: TestPlatform;
let app: WireApp;
let shortPathApp: WireApp;
let strictApp: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  const appWith = async (settings: Parameters<TestPlatform['createApp']>[0]) => ({
    ...(await platform.createApp(settings)),
    url: platform.url,
  });
  app = await appWith({});
  shortPathApp = await appWith({ pathWithoutApi: true });
  strictApp = await appWith({ strict: true });
});
afterAll(() => platform.close());

const lower = (parts: Signable): Signable => ({
  ...parts,
  signed: parts.signed.map((name) => name.toLowerCase()),
  headers: Object.fromEntries(Object.entries(parts.headers).map(([name, value]) => [name.toLowerCase(), value])),
});
const shuffled = { 'X-Ca-Signature-Headers': 'X-Ca-Timestamp,X-Ca-Key,X-Ca-Nonce' };

describe('a signature holds', () => {
  it.each<[string, Omit<Parameters<typeof call>[1], 'target'>]>([
    ['with its headers in listed order', { headers: shuffled }],
    [
      'with its headers sorted',
      { headers: shuffled, toSign: (p) => documentedText({ ...p, signed: [...p.signed].sort() }) },
    ],
    ['with header names in lower case', { headers: shuffled, toSign: (p) => documentedText(lower(p)) }],
    [
      'with header names in lower case and sorted',
      { headers: shuffled, toSign: (p) => documentedText({ ...lower(p), signed: [...lower(p).signed].sort() }) },
    ],
    ['without a list, over the key', { headers: UNLISTED }],
    ['without a list, over the key in lower case', { headers: UNLISTED, toSign: (p) => documentedText(lower(p)) }],
    ['without a list, over no header', { headers: UNLISTED, toSign: (p) => documentedText({ ...p, signed: [] }) }],
    [
      'with a list that names what is never signed',
      {
        headers: { 'X-Ca-Signature-Headers': 'X-Ca-Key,Accept,Content-Type,X-Ca-Signature,Date,Content-MD5' },
        toSign: (p) => documentedText({ ...p, signed: ['X-Ca-Key'] }),
      },
    ],
    [
      'with blanks in the list',
      {
        headers: { 'X-Ca-Signature-Headers': 'X-Ca-Key, X-Ca-Nonce' },
        toSign: (p) => documentedText({ ...p, signed: ['X-Ca-Key', 'X-Ca-Nonce'] }),
      },
    ],
    ['without an Accept header', { headers: { Accept: undefined } }],
    ['with a Date', { headers: { Date: 'Tue, 24 Nov 2026 08:00:00 GMT' } }],
    [
      'with a header of the app of its own',
      {
        headers: { 'X-Ca-Stage': 'TEST', 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Stage' },
      },
    ],
  ])('%s', async (_, form) => {
    const answer = await call(app, { target: LIST, ...form });

    expect(answer.body).toMatchObject({ code: '200', result: { list: [], total: 0 } });
  });

  it.each([
    ['an empty value as a bare name', `${LIST}?accountId&pageNum=1`],
    ['an empty value with an equals sign', `${LIST}?accountId=&pageNum=1`],
  ])('over %s', async (_, signedUrl) => {
    const answer = await call(app, { target: `${LIST}?pageNum=1&accountId=`, signedUrl });

    expect(answer.body.code).toBe('200');
  });

  it('over the first value of a repeated parameter', async () => {
    const answer = await call(app, { target: `${LIST}?pageNum=1&pageNum=x`, signedUrl: `${LIST}?pageNum=1` });

    expect(answer.body.code).toBe('200');
  });

  it.each([
    ['percent-encoded', '%E5%BC%A0%E4%B8%89%20%2B%26%3D'],
    ['with a plus for the blank', '%E5%BC%A0%E4%B8%89+%2B%26='],
  ])('over decoded values, sent %s', async (_, value) => {
    const answer = await call(app, { target: `${LIST}?accountId=${value}`, signedUrl: `${LIST}?accountId=张三 +&=` });

    expect(answer.body.code).toBe('200');
  });

  it('over the parameters of query and form together', async () => {
    const answer = await call(app, {
      target: `${LIST}?pageSize=10&accountId=a`,
      type: FORM,
      body: 'pageNum=1&contractStatus=',
      signedUrl: `${LIST}?accountId=a&contractStatus&pageNum=1&pageSize=10`,
    });

    expect(answer.body).toMatchObject({ code: '200', result: { total: 0 } });
  });

  it('over a form whose type names its charset', async () => {
    const answer = await call(app, {
      target: LIST,
      type: `${FORM}; charset=UTF-8`,
      body: 'accountId=%E5%BC%A0%E4%B8%89',
      signedUrl: `${LIST}?accountId=张三`,
    });

    expect(answer.body.code).toBe('200');
  });

  it('of a multipart upload without the parts', async () => {
    const upload = await multipart([
      ['file', new Uint8Array([1, 2, 3])],
      ['fileName', 'a.pdf'],
    ]);

    const answer = await call(app, { target: '/api/open/file/upload', ...upload });

    expect(answer.body.code).toBe('oc_30005');
  });

  it('over a path without /api only where the app allows it', async () => {
    const short = { target: LIST, signedUrl: '/open/contract/list' };

    expect((await call(app, short)).status).toBe(401);
    expect((await call(shortPathApp, short)).body.code).toBe('200');
    expect((await call(shortPathApp, { target: LIST })).body.code).toBe('200');
  });

  it('of a request that a proxy has put on its line in absolute form', async () => {
    const answer = await call(app, { target: `${platform.url}${LIST}`, signedUrl: LIST });

    expect(answer.body.code).toBe('200');
  });
});

describe('a signature does not hold', () => {
  it.each<[string, Omit<Parameters<typeof call>[1], 'target'>]>([
    ['when the body is another one', { body: '{"pageNum":1}', tamper: { body: '{"pageNum":2}' } }],
    [
      'when body and digest are others',
      {
        body: '{"pageNum":1}',
        tamper: { body: '{"pageNum":2}', headers: { 'Content-MD5': md5('{"pageNum":2}') } },
      },
    ],
    ['when a form has one more parameter', { type: FORM, body: 'pageNum=1', signedUrl: LIST }],
    ['when the query is another one', { signedUrl: `${LIST}?pageNum=1` }],
    ['when a signed header is another one', { tamper: { headers: { 'X-Ca-Nonce': 'other' } } }],
    ['when the list leaves out what was signed', { tamper: { headers: { 'X-Ca-Signature-Headers': 'X-Ca-Key' } } }],
    ['when it is empty base64', { tamper: { headers: { 'X-Ca-Signature': '====' } } }],
    ['when it is too long', { tamper: { headers: { 'X-Ca-Signature': 'A'.repeat(4_000) } } }],
    ['when it was made for another method', { toSign: (p) => documentedText({ ...p, method: 'POST' }) }],
  ])('%s', async (_, form) => {
    const answer = await call(app, { target: LIST, ...form });

    expect(answer.status).toBe(401);
    expect(answer.body).toMatchObject({ code: '401', success: false, result: null });
  });

  it('when another app has signed', async () => {
    const answer = await call({ ...app, appSecret: strictApp.appSecret }, { target: LIST });

    expect(answer.headers['x-ca-error-code']).toBe('INVALID_SIGNATURE');
  });

  it('and the answer shows the string to sign of the server', async () => {
    const query = '?accountId=%E5%BC%A0%E4%B8%89';

    const answer = await call({ ...app, appSecret: 'wrong' }, { target: LIST + query, headers: UNLISTED });

    expect(answer.headers['x-ca-error-message']).toBe(
      `Invalid Signature, Server StringToSign:GET#application/json####X-Ca-Key:${app.appKey}#${LIST}${query}`,
    );
    expect(answer.body.msg).toContain('accountId=张三');
  });

  it('and the message stays ASCII within 2 kB however long the form is', async () => {
    const name = '一'.repeat(1_000);

    const answer = await call(app, {
      target: LIST,
      type: FORM,
      body: `accountId=${encodeURIComponent(name)}&x=${'a'.repeat(20_000)}`,
      signedUrl: LIST,
    });

    const message = String(answer.headers['x-ca-error-message']);
    expect(message).toMatch(/^Invalid Signature, Server StringToSign:POST#[ -~]+$/);
    expect(message.length).toBeLessThanOrEqual(2_048);
    expect(message).toMatch(/(%[0-9A-F]{2})+$/);
    expect(answer.text.length).toBeLessThan(10_000);
  });

  it('and nothing a caller sends becomes a header of its own', async () => {
    const target = `${LIST}?accountId=a%0D%0ASet-Cookie:%20x=1`;

    const answer = await call({ ...app, appSecret: 'wrong' }, { target });

    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['x-ca-error-message']).toContain('accountId=a%0D#Set-Cookie: x=1');
  });
});

describe('a Content-MD5', () => {
  const wrong = { 'Content-MD5': md5('another body') };

  it('must be that of a JSON body', async () => {
    const answer = await call(app, { target: LIST, body: '{}', headers: wrong });

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-code']).toBe('CONTENT_MD5_MISMATCH');
  });

  it('must be that of a multipart body when it is sent', async () => {
    const upload = await multipart([['file', new Uint8Array([1, 2, 3])]]);
    const target = '/api/open/file/upload';

    const right = await call(app, { target, ...upload, headers: { 'Content-MD5': md5(upload.body) } });
    const mistaken = await call(app, { target, ...upload, headers: wrong });

    expect(right.body.code).toBe('oc_30005');
    expect(mistaken.status).toBe(401);
    expect(mistaken.headers['x-ca-error-code']).toBe('CONTENT_MD5_MISMATCH');
  });

  it('may be left out', async () => {
    expect((await call(app, { target: LIST, body: '{}', headers: { 'Content-MD5': undefined } })).status).toBe(200);
  });

  it('of a form is signed but not compared, as the documentation exempts forms', async () => {
    const form = { target: LIST, type: FORM, body: 'pageNum=1', signedUrl: `${LIST}?pageNum=1` };

    expect((await call(app, { ...form, headers: wrong })).body.code).toBe('200');
  });
});

describe('an app in strict mode', () => {
  it.each([
    ['a GET', { target: `${LIST}` }],
    ['a JSON POST', { target: LIST, body: '{}' }],
    ['a form', { target: LIST, type: FORM, body: 'pageNum=1', signedUrl: `${LIST}?pageNum=1` }],
  ])('takes %s with all it asks for', async (_, request) => {
    expect((await call(strictApp, request)).body.code).toBe('200');
  });

  it.each([
    ['X-Ca-Timestamp', 'without it', { 'X-Ca-Timestamp': undefined, 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce' }],
    ['X-Ca-Timestamp', 'when it is not signed', { 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Nonce' }],
    ['X-Ca-Nonce', 'without it', { 'X-Ca-Nonce': undefined, 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Timestamp' }],
    ['X-Ca-Nonce', 'when it is not signed', { 'X-Ca-Signature-Headers': 'X-Ca-Key,X-Ca-Timestamp' }],
    ['Content-MD5', 'without it', { 'Content-MD5': undefined }],
  ])('names %s and the switch %s', async (name, _, headers) => {
    const answer = await callJson(strictApp, '/open/contract/list', {}, headers);

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-code']).toBe('STRICT_MODE');
    expect(answer.headers['x-ca-error-message']).toMatch(new RegExp(`${name} is required.*switch: strict`));
  });
});

describe('a caller', () => {
  it.each([
    ['X-Ca-Key', { 'X-Ca-Key': undefined, ...UNLISTED }],
    ['X-Ca-Signature', { 'X-Ca-Signature': '' }],
  ])('is told that %s is missing', async (name, headers) => {
    const answer = await call(app, { target: LIST, headers });

    expect(answer.status).toBe(400);
    expect(answer.headers['x-ca-error-code']).toBe('MISSING_HEADER');
    expect(answer.headers['x-ca-error-message']).toBe(`Missing Header, ${name}`);
    expect(answer.body).toMatchObject({ code: '400', success: false });
  });

  it.each([['nobody'], ['9'.repeat(65)], ["1' or '1'='1"]])('with the unknown key %s is refused', async (appKey) => {
    const answer = await call({ ...app, appKey }, { target: LIST });

    expect(answer.status).toBe(401);
    expect(answer.headers['x-ca-error-code']).toBe('UNKNOWN_APP_KEY');
  });

  it('may use the old secret beside the new one after a rotation', async () => {
    const old = { ...(await platform.createApp()), url: platform.url };
    const { secret } = await platform.modules.apps.rotate(old.appKey);
    const rotated = { ...old, appSecret: secret };

    expect((await call(old, { target: LIST })).status).toBe(200);
    expect((await call(rotated, { target: LIST })).status).toBe(200);
    expect((await call({ ...old, appSecret: 'neither' }, { target: LIST })).status).toBe(401);
  });

  it('is shut out while its app is disabled', async () => {
    const disabled = { ...(await platform.createApp({ enabled: false })), url: platform.url };

    const answer = await call(disabled, { target: LIST });

    expect(answer.status).toBe(403);
    expect(answer.headers['x-ca-error-code']).toBe('APP_DISABLED');
  });

  it('cannot reuse what we sign for callbacks or shorten the string to sign', async () => {
    const answer = await send(platform.url, {
      method: 'GET',
      target: LIST,
      headers: { 'X-Ca-Key': app.appKey, 'X-Ca-Signature': hmac(app.appSecret, '') },
    });

    expect(answer.status).toBe(401);
  });
});
