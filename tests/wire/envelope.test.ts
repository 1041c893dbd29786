import { type Endpoint, openApi } from '@signet/protocol/open-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { type RawApp, rawCall } from './raw-client.ts';

/** 公共返回, byte for byte: the order of fields, `code` and `ts` as strings, `logKey` of eight hex characters. */
const ENVELOPE =
  /^\{"result":.+,"code":"[^"]+","msg":".+","logKey":"[0-9a-f]{8}","ts":"\d{13}","success":(true|false)\}$/s;

const served = Object.entries<Endpoint>(openApi).flatMap(([name, { path, aliases, methods }]) =>
  [path, ...aliases].flatMap((spelling) => methods.map((method) => ({ name, path, spelling, method }))),
);

let platform: TestPlatform;
let app: RawApp;

beforeAll(async () => {
  platform = await startTestPlatform();
  app = { ...platform.app, url: platform.url };
});
afterAll(() => platform.close());

describe('every endpoint', () => {
  it.each(served)('$method $spelling answers with the envelope', async ({ spelling, method }) => {
    const answer = await rawCall(app, { method, path: spelling, ...(method === 'POST' ? { json: {} } : {}) });

    expect(answer.status).toBe(200);
    expect(answer.text).toMatch(ENVELOPE);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it.each(served.filter(({ path, spelling }) => path !== spelling))(
    'the alias $spelling answers as $path does',
    async ({ path, spelling, method }) => {
      const input = method === 'POST' ? { json: {} } : {};

      const [primary, alias] = await Promise.all([
        rawCall(app, { method, path, ...input }),
        rawCall(app, { method, path: spelling, ...input }),
      ]);

      expect(alias.body).toEqual({ ...primary.body, logKey: alias.body.logKey, ts: alias.body.ts });
    },
  );

  it.each(served.filter(({ name }) => openApi[name as keyof typeof openApi].methods.length === 1))(
    '$spelling is refused under the other method than $method',
    async ({ spelling, method }) => {
      const other = method === 'GET' ? 'POST' : 'GET';

      const answer = await rawCall(app, { method: other, path: spelling, ...(other === 'POST' ? { json: {} } : {}) });

      expect(answer.status).toBe(405);
      expect(answer.body).toMatchObject({ code: '405', success: false, result: null });
    },
  );
});

describe('an answer', () => {
  it('says 成功 with the code "200"', async () => {
    const { body } = await rawCall(app, { path: '/open/sandbox/registry', query: { pageSize: '1' } });

    expect(body).toMatchObject({ code: '200', msg: '成功', success: true });
  });

  it('names every wrong field at once', async () => {
    const { body } = await rawCall(app, {
      path: '/open/psnCert/3element',
      json: { psnIDCardNum: '110101199003078858' },
    });

    expect(body.code).toBe('400');
    for (const field of ['psnName: 必填', 'psnIDCardType: 必填', 'psnMobile: 必填', 'psnIDCardNum: 身份证号错误']) {
      expect(body.msg).toContain(field);
    }
  });

  it('is the same whether a list is asked by GET or by POST', async () => {
    const input = { pageNum: '1', pageSize: '10' };

    const get = await rawCall(app, { path: '/open/contract/list', query: input });
    const post = await rawCall(app, { path: '/open/contract/list', json: input });

    expect(get.body.result).toEqual({ list: [], total: 0 });
    expect(post.body.result).toEqual(get.body.result);
  });
});
