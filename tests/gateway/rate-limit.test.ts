import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';
import { callJson, get, type WireApp } from './wire-client.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

const appWith = async (requestsPerMinute: number | null): Promise<WireApp> => ({
  ...(await platform.createApp({ requestsPerMinute })),
  url: platform.url,
});
const list = (app: WireApp) => get(app, '/open/contract/list');

describe('an app with a limit', () => {
  it('is told how much is left, then 429 and when to come back', async () => {
    const app = await appWith(2);

    const answers = [await list(app), await list(app), await list(app)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '1' });
    expect(answers[2]?.headers).toMatchObject({ 'ratelimit-remaining': '0', 'x-ca-error-code': 'TOO_MANY_REQUESTS' });
    expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answers[2]?.headers['ratelimit-reset'])).toBeLessThanOrEqual(60);
    expect(answers[2]?.body).toMatchObject({ code: '429', success: false, result: null });
  });

  it('counts all its paths together', async () => {
    const app = await appWith(2);

    await list(app);
    await callJson(app, '/open/contract/list', {});

    expect((await get(app, '/open/sandbox/registry')).status).toBe(429);
  });

  it('does not use up the share of another app', async () => {
    const [busy, calm] = [await appWith(1), await appWith(1)];

    await list(busy);

    expect((await list(busy)).status).toBe(429);
    expect((await list(calm)).status).toBe(200);
  });

  it('loses nothing to forged requests in its name', async () => {
    const app = await appWith(1);

    for (let i = 0; i < 3; i += 1) await list({ ...app, appSecret: 'guess' });

    expect((await list(app)).status).toBe(200);
  });
});

describe('an app without a limit', () => {
  it('hears nothing of limits', async () => {
    const answer = await list(await appWith(null));

    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });
});
