/** How pages are served: strict policies, nothing to be embedded by strangers, refusals that say no more than they must. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../apps/server/src/testing/test-platform.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ app: { embeddingOrigins: ['https://shop.example', 'https://erp.example'] } });
});
afterAll(() => platform.close());

async function issueTicket(): Promise<string> {
  const { tickets, apps } = platform.modules;
  const app = await apps.find(platform.app.id);
  const subject = { purpose: 'grant', authorizeCode: 'none' } as const;
  const expiresAt = new Date(platform.foundation.clock.now().getTime() + 60_000);
  const { url } = await tickets.issue(app!, { subject, clientType: 'h5', redirect: null, expiresAt });
  return url.split('/').at(-1)!;
}

const policyOf = async (path: string) =>
  (await fetch(platform.url + path)).headers.get('content-security-policy')?.split('; ') ?? [];

function openSession(body: unknown): Promise<Response> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return fetch(`${platform.url}/page-api/sessions`, init);
}

describe('a page', () => {
  it.each([
    ...['/', '/sign/unknown', '/grant/unknown', '/console', '/console/apps'],
    ...['/verify-person/unknown', '/verify-company/unknown', '/face/unknown'],
  ])('%s runs no script but ours, sends no address along and cannot be framed by anybody', async (path) => {
    const answer = await fetch(platform.url + path);
    const policy = await policyOf(path);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('may use the camera only where a face is shown', async () => {
    const cameraOf = async (path: string) => (await fetch(platform.url + path)).headers.get('permissions-policy');

    expect(await cameraOf('/face/unknown')).toContain('camera=(self)');
    expect(await cameraOf('/verify-person/unknown')).toContain('camera=()');
  });

  it('can be framed by the origins of its app', async () => {
    expect(await policyOf(`/grant/${await issueTicket()}`)).toContain(
      'frame-ancestors https://shop.example https://erp.example',
    );
  });

  it('is not used up by somebody who only looks at its address', async () => {
    const ticket = await issueTicket();
    for (let i = 0; i < 3; i++) await fetch(`${platform.url}/grant/${ticket}`);

    expect((await openSession({ ticket })).status).toBe(200);
  });

  it.each(['/assets/none.js', '/assets/../package.json', '/assets/%2e%2e/%2e%2e/package.json'])(
    '%s is not there and is not kept by caches',
    async (path) => {
      const answer = await fetch(platform.url + path);

      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control') ?? '').not.toContain('immutable');
    },
  );
});

describe('the API of the pages', () => {
  it('does not know a wrong ticket, in a body that says what to do', async () => {
    const answer = await openSession({ ticket: 'A'.repeat(24) });

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: 'LINK_UNKNOWN',
      msg: expect.stringContaining('链接不存在'),
      logKey: expect.stringMatching(/^[0-9a-f]{8}$/),
    });
  });

  it.each([{}, { ticket: '' }, { ticket: 7 }, 'text'])('refuses %j', async (body) => {
    expect((await openSession(body)).status).toBe(400);
  });

  it('asks for a session before anything else', async () => {
    const answer = await fetch(`${platform.url}/page-api/sign`);

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'SESSION_EXPIRED' });
  });

  it('opens nothing of another purpose', async () => {
    const { session } = (await (await openSession({ ticket: await issueTicket() })).json()) as { session: string };
    const headers = { Authorization: `Bearer ${session}` };

    expect((await fetch(`${platform.url}/page-api/sign`, { headers })).status).toBe(404);
  });

  it('lets no foreign page read its answers', async () => {
    const headers = { Origin: 'https://evil.example' };
    const answer = await fetch(`${platform.url}/page-api/sign`, { headers });

    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});
