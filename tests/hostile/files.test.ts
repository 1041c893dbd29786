/** Uploads that must not be taken: each is told why, and nothing of it stays. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { call, callJson, get, multipart, upload, type WireAnswer, type WireApp } from '../gateway/wire-client.ts';
import * as hostile from './hostile-files.ts';
import { tracesOf } from './traces.ts';

const UPLOAD = '/open/file/upload';

let platform: TestPlatform;
let app: WireApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
});
afterAll(() => platform.close());

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** The answer, when the call has left no trace. */
async function withoutTrace(send: () => Promise<WireAnswer>): Promise<WireAnswer> {
  const before = await tracesOf(platform);
  const answer = await send();
  expect(await tracesOf(platform)).toEqual(before);
  return answer;
}

describe('a file that is refused', () => {
  const cases: readonly (readonly [string, string, string, () => Uint8Array])[] = [
    ['a text named .pdf', 'oc_30005', '不是 PDF、PNG 或 JPEG', () => Buffer.from('just a text')],
    ['an empty file', 'oc_30005', '内容为空', () => Buffer.alloc(0)],
    ['a program', 'oc_30005', '不是 PDF、PNG 或 JPEG', () => readFileSync('/bin/true')],
    ['a file with a password', 'oc_30005', '密码保护', hostile.passwordProtected],
    ['a file certified against changes', 'oc_30005', '认证签名', () => hostile.certified(1)],
    ['a dynamic form', 'oc_30005', 'XFA', hostile.xfa],
    ['a file that runs a script on opening', 'oc_30005', '自动运行', hostile.script],
    ['an inflate bomb of a gibibyte', 'oc_30006', '解压', hostile.inflateBomb],
    ['a page tree in a circle', 'oc_30006', '循环引用', hostile.pageTreeCycle],
    ['200,000 nested arrays', 'oc_30006', '嵌套过深', hostile.nestedArrays],
    ['a PNG of 100,000 by 100,000 pixels', 'oc_30006', '像素过多', hostile.hugePng],
    ['a PDF of nothing', 'oc_30006', '损坏', () => Buffer.from('%PDF-1.7\n%%EOF\n')],
  ];

  it.each(cases)('as multipart is told why and leaves nothing: %s', async (_, code, reason, make) => {
    const answer = await withoutTrace(() => upload(app, make()));

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ code, success: false, result: null, msg: expect.stringContaining(reason) });
  });

  it.each(cases.filter(([name]) => name !== 'an empty file'))(
    'as base64 is told why and leaves nothing: %s',
    async (_, code, reason, make) => {
      const input = { fileName: '合同.pdf', fileBase64: base64(make()) };

      const answer = await withoutTrace(() => callJson(app, UPLOAD, input));

      expect(answer.body).toMatchObject({ code, msg: expect.stringContaining(reason) });
    },
  );

  it('by the dozen at once leaves nothing, and good ones beside them are served', async () => {
    const before = await tracesOf(platform);
    const makers = [hostile.inflateBomb, hostile.nestedArrays, hostile.pageTreeCycle, () => Buffer.from('text')];

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => upload(app, (makers[i % 4] ?? hostile.script)())),
    );
    const good = await upload(app, hostile.onePage());

    expect(answers.every(({ body }) => /^oc_3000[56]$/.test(body.code))).toBe(true);
    expect(good.body.code).toBe('200');
    const after = await tracesOf(platform);
    expect(after.rows.files).toBe((before.rows.files ?? 0) + 1);
    expect(after.stored.length).toBe(before.stored.length + 1);
    expect(after.incoming).toEqual([]);
  });
});

describe('an upload request that is wrong', () => {
  it.each([
    ['no file at all', () => callJson(app, UPLOAD, {})],
    [
      'a form without a file',
      async () => call(app, { target: `/api${UPLOAD}`, ...(await multipart([['fileName', 'a.pdf']])) }),
    ],
    [
      'a field in place of a file',
      async () => call(app, { target: `/api${UPLOAD}`, ...(await multipart([['file', '%PDF-1.7']])) }),
    ],
  ])('%s is told that the file is missing', async (_, send) => {
    const answer = await withoutTrace(send);

    expect(answer.body).toMatchObject({ code: '400', msg: expect.stringContaining('file: 必填') });
  });

  it.each([
    ['rubbish', '这不是Base64!!'],
    ['with a wrong character', 'JVBERi0x*LjcK'],
    ['of nothing but padding', '===='],
    ['over 10 MB', 'A'.repeat(13_990_000)],
  ])('base64 %s is named', async (_, fileBase64) => {
    const answer = await withoutTrace(() => callJson(app, UPLOAD, { fileName: 'a.pdf', fileBase64 }));

    expect(answer.body).toMatchObject({ code: '400', msg: expect.stringContaining('fileBase64') });
  });

  it('two files are refused, and neither stays', async () => {
    const two = await multipart([
      ['file', hostile.onePage()],
      ['file', hostile.onePage()],
    ]);

    const answer = await withoutTrace(() => call(app, { target: `/api${UPLOAD}`, ...two }));

    expect(answer.status).toBe(400);
    expect(answer.headers['x-ca-error-message']).toContain('one file a request');
  });

  it('a name that is too long is named, and the file does not stay', async () => {
    const parts = await multipart([
      ['file', hostile.onePage()],
      ['fileName', 'x'.repeat(201)],
    ]);

    const answer = await withoutTrace(() => call(app, { target: `/api${UPLOAD}`, ...parts }));

    expect(answer.body).toMatchObject({ code: '400', msg: expect.stringContaining('fileName') });
  });

  it('a file for another app’s eyes is not found there', async () => {
    const { body } = await upload(app, hostile.onePage());
    const { fileCode } = body.result as { fileCode: string };
    const stranger = { ...(await platform.createApp()), url: platform.url };

    const answer = await withoutTrace(() => callJson(stranger, '/open/file/verify', { fileCode }));

    expect(answer.body.code).toBe('oc_30501');
  });
});

describe('a file that is taken', () => {
  it.each([
    ['base64 with line breaks', (text: string) => text.replace(/.{76}/g, '$&\r\n')],
    ['base64url without padding', (text: string) => text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
    ['a data URL', (text: string) => `data:application/pdf;base64,${text}`],
  ])('may come as %s', async (_, change) => {
    const { body } = await callJson(app, UPLOAD, { fileName: 'a.pdf', fileBase64: change(base64(hostile.onePage())) });

    expect(body).toMatchObject({ code: '200', result: { fileName: 'a.pdf', pageCount: 1 } });
  });

  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\me\\合同.pdf', '合同.pdf'],
    ['a\r\nSet-Cookie: x.pdf', 'aSet-Cookie: x.pdf'],
  ])('is known by the harmless part of the name %j', async (fileName, known) => {
    const { body } = await callJson(app, UPLOAD, { fileName, fileBase64: base64(hostile.onePage()) });

    expect(body.result).toMatchObject({ fileName: known });
  });

  it('may be certified in a way that allows signing', async () => {
    expect((await upload(app, hostile.certified(2))).body.code).toBe('200');
    expect((await get(app, '/open/contract/list')).body.code).toBe('200');
  });
});

describe('a file to verify', () => {
  it.each([
    ['a text', () => Buffer.from('just a text')],
    ['an inflate bomb', hostile.inflateBomb],
    ['a page tree in a circle', hostile.pageTreeCycle],
    ['200,000 nested arrays', hostile.nestedArrays],
    ['a password', hostile.passwordProtected],
  ])('with %s is judged or refused, never a fault', async (_, make) => {
    const parts = await multipart([['file', make()]]);

    const answer = await withoutTrace(() => call(app, { target: '/api/open/file/verify', ...parts }));

    expect(answer.status).toBe(200);
    expect((answer.body.result as { valid?: boolean } | null)?.valid ?? false).toBe(false);
  });
});
