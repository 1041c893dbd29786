/** A production installation has no test helpers and no sandbox providers. */

import { type Endpoint, openApi } from '@signet/protocol/open-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase } from '../../apps/server/src/kernel/testing/test-database.ts';
import { type SecondServer, startSecondServer } from './second-server.ts';
import { callJson, get, type WireApp } from './wire-client.ts';

const helpers = Object.values<Endpoint>(openApi)
  .filter(({ sandboxOnly }) => sandboxOnly)
  .flatMap(({ path, methods }) => methods.map((method) => ({ path, method })));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: SecondServer;
let app: WireApp;

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  server = await startSecondServer(database.url, { environment: { SIGNET_MODE: 'production' } });
  const { app: made, secret } = await server.modules.apps.create({ name: 'production', selfCertification: true });
  app = { url: server.url, appKey: made.appKey, appSecret: secret };
});
afterAll(async () => {
  await server?.close();
  await database.drop();
});

describe('in production', () => {
  it.each(helpers)(
    'the test helper $method $path answers 404 like any path that does not exist',
    async ({ path, method }) => {
      const answer = method === 'GET' ? await get(app, path) : await callJson(app, path, {});

      expect(answer.status).toBe(404);
      expect(answer.body).toMatchObject({ code: '404', success: false });
      expect(answer.headers['x-ca-error-code']).toBe('NO_SUCH_API');
    },
  );

  it('the rest is served', async () => {
    expect((await get(app, '/open/contract/list')).body.code).toBe('200');
  });

  it('nobody is certified by the people of the sandbox', async () => {
    const { body } = await callJson(app, '/open/psnCert/2element', {
      ...{ psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' },
    });

    expect(body).toMatchObject({ code: 'oc_10517', success: false });
  });

  it('the description of the API does not offer the helpers', async () => {
    const description = await (await fetch(`${server.url}/openapi.json`)).text();

    expect(description).not.toContain('/open/sandbox/');
  });
});
