/** The documents as the page reads them: piece by piece, pinned to a revision. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { sizedPdf } from '../bench/sized-pdf.ts';
import { unembeddedPdf } from '../browser/sample-pdfs.ts';
import { LEASE } from '../hostile/hostile-files.ts';
import { downloadAll } from '../journeys/people.ts';
import type { SigningPage } from './page.ts';
import { signer, useScene } from './scene.ts';

const scene = useScene();
const both = [signer('buyer'), signer('seller')];

async function open() {
  const contractId = await scene.start(both, { attachmentFiles: [{ fileCode: scene.attachment }] });
  const page = await scene.open(contractId, 'buyer');
  const { files } = await page.state();
  return { contractId, page, files };
}

async function read(page: SigningPage, revision: number, headers: Record<string, string> = {}): Promise<Buffer> {
  return Buffer.from(await (await page.bytes(scene.fileCode, revision, headers)).arrayBuffer());
}

describe('a document of the signing page', () => {
  it('is described before it is read', async () => {
    const { files } = await open();

    expect(files).toMatchObject([
      { fileCode: scene.fileCode, name: '房屋租赁合同.pdf', revision: 1, isAttachment: false },
      {
        fileCode: scene.attachment,
        name: '附件.pdf',
        revision: 0,
        isAttachment: true,
        pages: [{ width: 595, height: 842 }],
      },
    ]);
    expect(files[0]?.pages).toHaveLength(12);
  });

  it('comes whole, as long as announced', async () => {
    const { page, files } = await open();

    const response = await page.bytes(scene.fileCode, 1);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'content-length': `${files[0]?.size}`, 'accept-ranges': 'bytes' },
      ...{ 'cache-control': 'private, max-age=3600', 'x-content-type-options': 'nosniff' },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes).toHaveLength(files[0]?.size ?? 0);
    expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    const upload = readFileSync(LEASE);
    expect(bytes.subarray(0, upload.length).equals(upload)).toBe(true);
  });

  it('comes in pieces that make the whole, also over the seams of its segments', async () => {
    const { page, files } = await open();
    const { size = 0 } = files[0] ?? {};
    const seam = readFileSync(LEASE).length;
    const whole = await read(page, 1);
    const ranges = [
      [0, seam - 10],
      [seam - 10, seam + 10],
      [seam + 10, size],
    ] as const;

    const pieces = await Promise.all(
      ranges.map(async ([start, end]) => {
        const response = await page.bytes(scene.fileCode, 1, { Range: `bytes=${start}-${end - 1}` });
        expect(response.status).toBe(206);
        expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${size}`);
        return Buffer.from(await response.arrayBuffer());
      }),
    );

    expect(Buffer.concat(pieces).equals(whole)).toBe(true);
  });

  it.each([
    ['the last bytes', { Range: 'bytes=-100' }, -100, undefined],
    ['an open end', { Range: 'bytes=1000-' }, 1_000, undefined],
    ['the first byte', { Range: 'bytes=0-0' }, 0, 1],
  ])('gives %s', async (_, headers, start, end) => {
    const { page } = await open();

    expect((await read(page, 1, headers)).equals((await read(page, 1)).subarray(start, end))).toBe(true);
  });

  it('gives nothing behind its end, and says where that is', async () => {
    const { page, files } = await open();

    const response = await page.bytes(scene.fileCode, 1, { Range: `bytes=${files[0]?.size}-` });

    expect(response.status).toBe(416);
    expect(response.headers.get('content-range')).toBe(`bytes */${files[0]?.size}`);
    expect(await response.text()).toBe('');
  });

  it('gives the whole when the part that is known is of something else', async () => {
    const { page } = await open();

    const response = await page.bytes(scene.fileCode, 1, { Range: 'bytes=0-9', 'If-Range': '"other"' });

    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('stays what it is under its revision while others sign', async () => {
    const { contractId, page } = await open();
    const before = await read(page, 1);
    await (await scene.open(contractId, 'seller')).sign();

    const [after, newer] = [await read(page, 1), await read(page, 2)];

    expect(after.equals(before)).toBe(true);
    expect(newer.subarray(0, before.length).equals(before)).toBe(true);
    expect((await page.state()).files[0]).toMatchObject({ revision: 2, size: newer.length });
    await page.sign();
    const [signed] = await downloadAll(scene.client, contractId);
    expect((await read(page, 3)).equals(Buffer.from(signed as Uint8Array))).toBe(true);
  });

  it('is an attachment, too, which has no revisions', async () => {
    const { page } = await open();

    const [found, missing] = [await page.bytes(scene.attachment, 0), await page.bytes(scene.attachment, 1)];

    expect(
      Buffer.from(await found.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect([found.status, missing.status]).toEqual([200, 409]);
  });

  it.each([
    ['a revision that is not there yet', '2', 409],
    ['no revision', '', 400],
    ['a word', 'newest', 400],
    ['a negative one', '-1', 400],
    ['a broken one', '1.5', 400],
  ])('is not found under %s', async (_, revision, status) => {
    const { page } = await open();

    const answer = await page.get(`/files/${scene.fileCode}${revision && `?revision=${revision}`}`);

    expect(answer).toMatchObject({ status, body: { logKey: expect.any(String) } });
  });

  it('is read without a session by nobody', async () => {
    const answer = await fetch(`${scene.platform.url}/page-api/files/${scene.fileCode}?revision=1`);

    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: 'SESSION_EXPIRED' });
  });

  it('of 60 MB is not held in memory for a look at its first page', async () => {
    const file = sizedPdf(60_000_000);
    const { fileCode } = await scene.client.files.upload({ file, fileName: '扫描件.pdf' });
    const signFields = [{ fileCode, signFieldPosition: { positionPage: 1, positionX: 300, positionY: 300 } }];
    const contractId = await scene.start([signer('buyer', { signFields })], { docs: [{ fileId: 'scan', fileCode }] });
    const page = await scene.open(contractId, 'buyer');
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;

    for (let start = 0; start < 60_000_000; start += 6_000_000) {
      const piece = await page.bytes(fileCode, 1, { Range: `bytes=${start}-${start + 65_535}` });
      expect((await piece.arrayBuffer()).byteLength).toBe(65_536);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }

    expect(most).toBeLessThan(20_000_000);
  });
});

describe('the picture of its first page', () => {
  it('is as wide as asked for and may be kept, since a revision never changes', async () => {
    const { page } = await open();

    const response = await page.picture(scene.fileCode, 1, 750);

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...{ 'content-type': 'image/png', 'cache-control': 'private, max-age=3600', 'x-content-type-options': 'nosniff' },
    });
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ width: 750, height: 1061 });
  });

  it('shows the seals of those who have signed', async () => {
    const signFields = [
      { fileCode: scene.fileCode, signFieldPosition: { positionPage: 1, positionX: 300, positionY: 300 } },
    ];
    const contractId = await scene.start([signer('buyer', { signFields }), signer('seller', { signFields })]);
    const page = await scene.open(contractId, 'buyer');
    await (await scene.open(contractId, 'seller')).sign();

    const [before, after] = [await page.picture(scene.fileCode, 1, 750), await page.picture(scene.fileCode, 2, 750)];

    expect(await redPixelsOf(before)).toBe(0);
    expect(await redPixelsOf(after)).toBeGreaterThan(500);
  });

  it('does not exist where the document does not bring its fonts along', async () => {
    const { fileCode } = await scene.client.files.upload({ file: unembeddedPdf(), fileName: '旧.pdf' });
    const signFields = [{ fileCode, signFieldPosition: { positionPage: 1, positionX: 300, positionY: 300 } }];
    const contractId = await scene.start([signer('buyer', { signFields })], { docs: [{ fileId: 'old', fileCode }] });

    const response = await (await scene.open(contractId, 'buyer')).picture(fileCode, 1, 750);

    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
  });

  it.each([
    ['a revision that is not there yet', 2, 750, 409],
    ['no width', 1, '', 400],
    ['a width of nothing', 1, 0, 400],
    ['a word', 1, 'wide', 400],
  ])('is not found under %s', async (_, revision, width, status) => {
    const { page } = await open();

    expect((await page.picture(scene.fileCode, revision, width)).status).toBe(status);
  });

  it('is not shown to a party of another contract, nor without a session', async () => {
    const file = sizedPdf(50_000);
    const { fileCode } = await scene.client.files.upload({ file, fileName: '别人的.pdf' });
    const { page } = await open();
    const path = `${scene.platform.url}/page-api/files/${scene.fileCode}/first-page?revision=1&width=750`;

    expect((await page.picture(fileCode, 1, 750)).status).toBe(409);
    expect((await fetch(path)).status).toBe(401);
  });
});

async function redPixelsOf(response: Response): Promise<number> {
  const { data } = await sharp(await response.arrayBuffer())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  let count = 0;
  for (let i = 0; i < data.length; i += 3) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
    if (red > 140 && green < 90 && blue < 110) count++;
  }
  return count;
}
