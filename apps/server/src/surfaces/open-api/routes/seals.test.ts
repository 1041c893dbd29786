import { openApi } from '@signet/protocol/open-api';
import Fastify from 'fastify';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../modules/apps/index.ts';
import { startUsers, type UsersFixture, vouched } from '../../../modules/users/testing/users-fixture.ts';
import { sealImages } from '../seal-images.ts';
import { callRoutes } from '../testing/call-route.ts';
import { sandboxGrantRoutes } from './sandbox-grants.ts';
import { sealRoutes } from './seals.ts';

const PUBLIC_URL = 'https://sign.example.com';

let fixture: UsersFixture;
let app: App;
let call: ReturnType<typeof callRoutes>;

beforeAll(async () => {
  fixture = await startUsers();
  app = await fixture.app({ selfCertification: true });
  call = callRoutes([...sealRoutes({ ...fixture, publicUrl: PUBLIC_URL }), ...sandboxGrantRoutes(fixture)]);
});
afterAll(() => fixture.drop());

describe('seals on the wire', () => {
  it('are answered with number, style, status and picture', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('owner'));

    const detail = await call(openApi.getSeal, app, { sealId: String(user.defaultSealId) });
    const { list, total } = await call(openApi.listSeals, app, { accountId: 'owner' });

    expect(detail).toEqual({
      ...{ sealId: user.defaultSealId, sealName: '姓名印章', status: 1, style: 4, kind: 'personal' },
      autosignAuthorizeList: [],
      imageUrl: expect.stringMatching(/^https:\/\/sign\.example\.com\/seal-images\/\d{9,}-[\w-]{22}\.svg$/),
    });
    expect({ list, total }).toEqual({ list: [detail], total: 1 });
  });

  it('are not found in another app, nor under numbers beyond all numbers', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('hidden'));
    const other = await fixture.app();

    const calls = [
      call(openApi.getSeal, other, { sealId: user.defaultSealId }),
      call(openApi.getSeal, app, { sealId: '999999999999999999' }),
      call(openApi.listSeals, other, { accountId: 'hidden' }),
    ];

    const codes = (await Promise.allSettled(calls)).map((result) => result.status === 'rejected' && result.reason.code);
    expect(codes).toEqual(['oc_20001', 'oc_20001', 'oc_10502']);
  });

  it('show their grants, and a cancelled one as such', async () => {
    const { user } = await fixture.users.createPerson(app, vouched('granting'));
    const granted = await call(openApi.grantSandboxSeal, app, { accountId: 'granting' });

    const before = await call(openApi.getSeal, app, { sealId: granted.sealId });
    const cancelled = await call(openApi.cancelSealGrant, app, { authorizeCode: granted.authorizeCode });
    const after = await call(openApi.getSeal, app, { sealId: granted.sealId });

    expect(granted.sealId).toBe(String(user.defaultSealId));
    expect(before.autosignAuthorizeList).toEqual([
      {
        ...{ appKey: app.appKey, authorizeCode: granted.authorizeCode, authorizeStatus: 'authorized' },
        ...{ authorizeTime: '2026-11-24 10:00:00', beginTime: '2026-11-24 10:00:00', endTime: '2027-11-24 10:00:00' },
      },
    ]);
    expect(cancelled).toEqual({ authorizeStatus: 'cancelled' });
    expect(after.autosignAuthorizeList).toMatchObject([{ authorizeStatus: 'cancelled' }]);
  });

  it.each([
    ['days', ['2026-11-24', '2027-11-24'], ['2026-11-24 00:00:00', '2027-11-24 23:59:59']],
    ['times', ['2026-11-25 08:00:00', '2026-12-25 08:00:00'], ['2026-11-25 08:00:00', '2026-12-25 08:00:00']],
    ['epoch milliseconds', [1795572000000, '1795575600000'], ['2026-11-25 10:00:00', '2026-11-25 11:00:00']],
  ])('take the period of a grant as %s', async (form, [beginTime, endTime], [begin, end]) => {
    const accountId = `period in ${form}`;
    await fixture.users.createPerson(app, vouched(accountId));

    const { sealId } = await call(openApi.grantSandboxSeal, app, { accountId, beginTime, endTime });

    const { autosignAuthorizeList } = await call(openApi.getSeal, app, { sealId });
    expect(autosignAuthorizeList).toMatchObject([{ beginTime: begin, endTime: end }]);
  });

  it('name every time that cannot be read', async () => {
    await fixture.users.createPerson(app, vouched('misread'));
    const request = { accountId: 'misread', beginTime: '2026-02-30', endTime: 'tomorrow' };

    const grant = call(openApi.grantSandboxSeal, app, request);

    await expect(grant).rejects.toMatchObject({ code: '400', msg: expect.stringMatching(/beginTime: .*; endTime: /) });
  });
});

describe('the picture of a seal', () => {
  it('is a self-contained SVG that others can draw, under an address of its own', async () => {
    const server = Fastify();
    await server.register(sealImages, fixture);
    const { user } = await fixture.users.createPerson(app, vouched('picture'));
    const { imageUrl } = await call(openApi.getSeal, app, { sealId: user.defaultSealId });

    const found = await server.inject({ url: new URL(imageUrl).pathname });
    const guessed = await server.inject({ url: `/seal-images/${user.defaultSealId}-AAAAAAAAAAAAAAAAAAAAAA.svg` });

    expect(found.statusCode).toBe(200);
    expect(found.headers).toMatchObject({ 'content-type': 'image/svg+xml', 'x-content-type-options': 'nosniff' });
    const picture = await sharp(found.rawPayload, { density: 300 }).stats();
    expect(picture.channels[0]!.mean).toBeGreaterThan(20);
    expect(guessed.statusCode).toBe(404);
  });
});
