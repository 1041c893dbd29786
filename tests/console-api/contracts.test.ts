/** Contracts of all apps, as operators find, read, repair and revoke them. */
import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry, ContractDetail, ContractSummary, Page } from '@signet/protocol/console-api';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../apps/server/src/kernel/clock.ts';
import { type Cast, createCast, signer } from '../signing-page/scene.ts';
import { type ConsoleScene, type Member, startConsole } from './console-client.ts';

let scene: ConsoleScene;
let cast: Cast;
let others: Cast;
let auditor: Member;

beforeAll(async () => {
  scene = await startConsole({ clock: systemClock });
  cast = await createCast(scene.platform, scene.platform.app);
  others = await createCast(scene.platform, await scene.platform.createApp({ name: '另一应用' }));
  auditor = await scene.member('auditor');
});
afterAll(() => scene.platform.close());

const search = async (query: Record<string, string>) =>
  (await scene.owner.get<Page<ContractSummary>>('/contracts', query)).body;
const found = async (query: Record<string, string>) => (await search(query)).list.map(({ contractId }) => contractId);
const detail = async (contractId: string) => (await scene.owner.get<ContractDetail>(`/contracts/${contractId}`)).body;
const sign = (contractId: string, accountId: string) => cast.client.sandbox.sign({ contractId, accountId });

describe('the search', () => {
  let lease: string;
  let sale: string;
  let foreign: string;
  beforeAll(async () => {
    lease = await cast.start([signer('buyer'), signer('seller')], {
      contractName: '房屋租赁 100%_A',
      businessCode: 'ORDER-1',
    });
    sale = await cast.start([signer('acme')], { contractName: '买卖合同' });
    foreign = await others.start([signer('buyer')], { contractName: '房屋租赁 B' });
    await sign(lease, 'buyer');
    await cast.client.contracts.revoke({ contractId: sale });
  });

  it('shows contracts of all apps, newest first, with how far they are', async () => {
    const { list, total } = await search({});

    expect(list.map(({ contractId }) => contractId).slice(0, 3)).toEqual([foreign, sale, lease]);
    expect(total).toBe(3);
    expect(list[2]).toEqual({
      ...{ contractId: lease, appId: cast.app.id, appName: 'test', businessCode: 'ORDER-1', name: '房屋租赁 100%_A' },
      ...{ status: 'signing', createdAt: expect.stringMatching(/Z$/), signDeadlineAt: expect.stringMatching(/Z$/) },
      ...{ closedAt: null, signedParties: 1, parties: 2, troubled: false },
    });
    expect(list[0]?.appName).toBe('另一应用');
  });

  it.each([
    ['the app', () => ({ appId: others.app.id }), () => [foreign]],
    ['the status', () => ({ status: 'withdrawn' }), () => [sale]],
    ['its id', () => ({ search: sale }), () => [sale]],
    ['its business code', () => ({ search: 'ORDER-1' }), () => [lease]],
    ['a part of its name', () => ({ search: '租赁' }), () => [foreign, lease]],
    ['a name with signs that mean something to the database', () => ({ search: '0%_A' }), () => [lease]],
    ['no wildcards', () => ({ search: '%' }), () => [lease]],
    ['a party', () => ({ accountId: 'seller' }), () => [lease]],
    ['a party that is in several', () => ({ accountId: 'buyer' }), () => [foreign, lease]],
    ['trouble', () => ({ troubled: 'true' }), () => []],
    ['several at once', () => ({ accountId: 'buyer', appId: cast.app.id, status: 'signing' }), () => [lease]],
    ['a time before', () => ({ end: '2020-01-01T00:00:00Z' }), () => []],
    ['a time after', () => ({ begin: '2020-01-01T00:00:00Z' }), () => [foreign, sale, lease]],
  ])('finds by %s', async (_, query, contracts) => {
    expect(await found(query())).toEqual(contracts());
  });

  it('gives one page at a time', async () => {
    const second = await search({ page: '2', pageSize: '1' });

    expect([second.list.map(({ contractId }) => contractId), second.total]).toEqual([[sale], 3]);
  });

  it('names what is wrong with a filter', async () => {
    const { status, body } = await scene.owner.get('/contracts', {
      status: 'lost',
      begin: 'yesterday',
      pageSize: '1000',
    });

    expect(status).toBe(400);
    expect(body.msg?.split('; ').map((problem) => problem.split(':')[0])).toEqual(['status', 'begin', 'pageSize']);
  });
});

describe('one contract', () => {
  it('is shown with its parties, files and evidence', async () => {
    const contractId = await cast.start([signer('buyer'), signer('acme')], { contractName: '详情' });
    await sign(contractId, 'buyer');

    const shown = await detail(contractId);

    expect(shown).toMatchObject({ contractId, status: 'signing', signedParties: 1, parties: 2, closingReason: null });
    expect(shown.partyList.map(({ name, kind, status, accountId }) => [name, kind, status, accountId])).toEqual([
      ['张三', 'person', 'signed', 'buyer'],
      ['北京示例科技有限公司', 'organization', 'signing', 'acme'],
    ]);
    expect(shown.files).toEqual([
      {
        ...{ fileCode: cast.fileCode, name: '房屋租赁合同.pdf', size: expect.any(Number), revision: 2 },
        ...{ isAttachment: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
        pages: Array(12).fill({ width: 595.28, height: 841.89 }),
      },
    ]);
    const kinds = shown.evidence.map(({ kind }) => kind);
    expect([kinds[0], kinds.at(-1)]).toEqual(['contract-started', 'party-signed']);
    expect(shown.evidence.map(({ sequence }) => sequence)).toEqual(kinds.map((_, i) => i + 1));
    expect(shown.evidenceIntact).toBe(true);
    expect(JSON.stringify(shown)).not.toMatch(/110101199003078857|13800000000/);
  });

  it.each([
    ['an entry was changed', sql`update evidence_entries set content = '{"parties":9}' where sequence = 1`],
    ['an entry was removed', sql`delete from evidence_entries where sequence = 2`],
    ['its end was cut off', sql`delete from evidence_entries where sequence > 1`],
    ['its head was forged', sql`update evidence_heads set moved = not moved where true`],
    ['its head was removed', sql`delete from evidence_heads where true`],
  ])('says so when %s', async (_, statement) => {
    const contractId = await cast.start([signer('buyer')]);
    await sign(contractId, 'buyer');
    await scene.platform.database.db.execute(sql`${statement} and subject = ${`contract:${contractId}`}`);

    expect((await detail(contractId)).evidenceIntact).toBe(false);
  });

  it('that does not exist is not found', async () => {
    expect((await scene.owner.get('/contracts/1')).body.error).toBe('CONTRACT_NOT_FOUND');
    expect((await scene.owner.get('/contracts/1')).status).toBe(404);
    expect((await scene.owner.post('/contracts/1/repair')).status).toBe(404);
    expect((await scene.owner.post('/contracts/1/revoke', { reason: 'x' })).status).toBe(404);
  });
});

describe('a document', () => {
  const read = (contractId: string, query: string, headers: Record<string, string> = {}) =>
    fetch(`${scene.platform.url}/console-api/contracts/${contractId}/files/${cast.fileCode}${query}`, {
      headers: { Cookie: `signet_console=${auditor.browser.token}`, ...headers },
    });

  it('is sent as it was at any revision, whole or in part', async () => {
    const contractId = await cast.start([signer('buyer')]);
    await sign(contractId, 'buyer');
    const { files } = await detail(contractId);

    const whole = await read(contractId, '?revision=2');
    const bytes = Buffer.from(await whole.arrayBuffer());
    const part = await read(contractId, '?revision=2', { Range: 'bytes=100-199' });
    const first = Buffer.from(await (await read(contractId, '?revision=0')).arrayBuffer());

    expect(createHash('sha256').update(bytes).digest('hex')).toBe(files[0]?.sha256);
    expect(whole.headers.get('content-type')).toBe('application/pdf');
    expect(whole.headers.get('cache-control')).toBe('no-store');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
    expect(bytes.subarray(0, first.length).equals(first)).toBe(true);
    expect((await read(contractId, '?revision=2', { Range: 'bytes=999999999-' })).status).toBe(416);
  });

  it('is not found under another contract or revision', async () => {
    const contractId = await cast.start([signer('buyer')]);
    const foreign = await others.start([signer('buyer')]);

    expect((await read(contractId, '?revision=9')).status).toBe(404);
    expect((await read(foreign, '?revision=0')).status).toBe(404);
    expect((await read('1', '?revision=0')).status).toBe(404);
  });

  it('that is read in many pieces is one look at it', async () => {
    const contractId = await cast.start([signer('buyer')]);
    for (let i = 0; i < 5; i++)
      await (await read(contractId, '?revision=1', { Range: `bytes=${i}-${i}` })).arrayBuffer();

    const { body } = await scene.owner.get<Page<AuditEntry>>('/audit', { action: 'document-viewed' });
    expect(body.list.filter(({ target }) => target === `contract:${contractId}`)).toEqual([
      {
        ...{
          entryId: expect.any(String),
          at: expect.any(String),
          accountName: auditor.name,
          action: 'document-viewed',
        },
        ...{ target: `contract:${contractId}`, ip: '127.0.0.1' },
        detail: { fileCode: cast.fileCode, revision: 1 },
      },
    ]);
  });
});

describe('a signature that is owed', () => {
  it('is found, and made at once when an operator asks for it', async () => {
    const contractId = await cast.start([signer('seller')]);
    const files = join(scene.platform.dataFolder, 'files');
    await rename(files, `${files}-away`);
    await expect(sign(contractId, 'seller')).rejects.toMatchObject({ code: 'oc_40504' });
    await rename(`${files}-away`, files);

    expect(await found({ troubled: 'true' })).toEqual([contractId]);
    const shown = await detail(contractId);
    expect(shown).toMatchObject({ troubled: true, signedParties: 0 });
    expect(shown.partyList[0]).toMatchObject({
      status: 'sealing',
      sealingAttempts: 1,
      sealingError: expect.any(String),
    });

    await scene.owner.done(`/contracts/${contractId}/repair`);
    await expect.poll(async () => (await detail(contractId)).status, { timeout: 6_000 }).toBe('completed');
    expect(await found({ troubled: 'true' })).toEqual([]);
  });
});

describe('a contract that an operator revokes', () => {
  it('ends for everybody, and the evidence says by whom', async () => {
    const contractId = await cast.start([signer('buyer')]);
    const { body } = await scene.owner.post<ContractDetail>(`/contracts/${contractId}/revoke`, { reason: '误发' });

    expect(body).toMatchObject({ status: 'withdrawn', closingReason: '误发', evidenceIntact: true });
    expect(body.partyList.map(({ status }) => status)).toEqual(['withdrawn']);
    const { kind, content } = body.evidence.at(-1) ?? {};
    expect([kind, content]).toEqual(['contract-withdrawn', { reason: '误发', by: 'operator' }]);
    expect((await cast.client.contracts.get({ contractId })).contractStatus).not.toBe('SIGNING');
    await expect(sign(contractId, 'buyer')).rejects.toMatchObject({ code: 'oc_40006' });
  });

  it('cannot be revoked again, nor without a reason', async () => {
    const contractId = await cast.start([signer('buyer')]);
    expect((await scene.owner.post(`/contracts/${contractId}/revoke`, { reason: ' ' })).status).toBe(400);
    await scene.owner.done(`/contracts/${contractId}/revoke`, { reason: '误发' });

    const again = await scene.owner.post(`/contracts/${contractId}/revoke`, { reason: '误发' });
    expect([again.status, again.body.error]).toEqual([409, 'CONTRACT_STATUS_CONFLICT']);
  });
});
