import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, deflateRawSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createIntake, type IntakeResult } from './intake.ts';

const LEASE = fileURLToPath(new URL('../../../../../../examples/lease-contract.zh.pdf', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signet-intake-'));
const intake = createIntake();
afterAll(async () => {
  await intake.close();
  rmSync(folder, { recursive: true, force: true });
});

const lease = (): Buffer => readFileSync(LEASE);
const judge = (bytes: Uint8Array | string): Promise<IntakeResult> => intake.process(Buffer.from(bytes), 'contract.pdf');

function byQpdf(...args: readonly string[]): Buffer {
  const out = join(folder, 'qpdf.pdf');
  execFileSync('qpdf', [LEASE, ...args, out]);
  return readFileSync(out);
}

type Objects = Readonly<Record<number, string>>;

const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>';
const SMALL: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: PAGE,
};
const catalog = (more: string): Objects => ({ ...SMALL, 1: `<< /Type /Catalog /Pages 2 0 R ${more} >>` });

function pdf(objects: Objects): Buffer {
  let text = '%PDF-1.7\n';
  const size = Object.keys(objects).reduce((most, n) => Math.max(most, Number(n)), 0) + 1;
  const rows = Array.from({ length: size }, (_, n) => {
    const row =
      objects[n] === undefined ? '0000000000 65535 f \n' : `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += objects[n] === undefined ? '' : `${n} 0 obj\n${objects[n]}\nendobj\n`;
    return row;
  });
  const table = `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n`;
  return Buffer.from(`${text}${table}%%EOF\n`, 'latin1');
}

/** A gibibyte of zeros in one mebibyte. */
function bomb(): string {
  const block = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: 1024 }, () => block)]);
  return `<< /Filter /FlateDecode /Length ${data.length} >>\nstream\n${data.toString('latin1')}\nendstream`;
}

function pages(count: number): Objects {
  const numbers = Array.from({ length: count }, (_, i) => i + 3);
  const kids = numbers.map((n) => `${n} 0 R`).join(' ');
  return {
    ...SMALL,
    2: `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`,
    ...Object.fromEntries(numbers.map((n) => [n, PAGE])),
  };
}

describe('an upload that can be signed', () => {
  it('is kept byte for byte when it is a healthy PDF', async () => {
    const result = await intake.process(LEASE, 'lease.pdf');

    expect(result).toMatchObject({ ok: true, kind: 'pdf', normalized: false, signed: false, pageCount: 12 });
    expect(result.ok && Buffer.compare(result.bytes, lease())).toBe(0);
    expect(result.ok && result.sha256).toBe(createHash('sha256').update(lease()).digest('hex'));
    expect(result.ok && result.pages[11]).toEqual({ width: 595.28, height: 841.89, rotation: 0 });
  });

  it('may come as bytes, which are handed over and not copied', async () => {
    const bytes = new Uint8Array(lease());

    expect(await intake.process(bytes, 'lease.pdf')).toMatchObject({ ok: true, normalized: false });
    expect(bytes.length).toBe(0);
  });

  it('is known by its content, whatever its name says', async () => {
    expect(await intake.process(lease(), 'lease.docx')).toMatchObject({ ok: true, kind: 'pdf' });
  });

  it('is repaired once when it is damaged', async () => {
    const damaged = lease().subarray(0, lease().length - 600);

    expect(await judge(damaged)).toMatchObject({ ok: true, normalized: true, pageCount: 12 });
  });

  it('is decrypted once when its password is empty', async () => {
    expect(await judge(byQpdf('--encrypt', '', 'owner', '256', '--'))).toMatchObject({ ok: true, normalized: true });
  });

  it.each(['png', 'jpeg'] as const)('may be a picture: %s', async (kind) => {
    const picture = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#fff' } })
      .toFormat(kind)
      .toBuffer();

    expect(await intake.process(picture, 'scan')).toMatchObject({ ok: true, kind, normalized: true, pageCount: 1 });
  });

  it('may be an interlaced PNG', async () => {
    const picture = sharp({ create: { width: 30, height: 20, channels: 4, background: '#f008' } });

    expect(await judge(await picture.png({ progressive: true }).toBuffer())).toMatchObject({ ok: true, kind: 'png' });
  });

  it('may be a linearized or compact file', async () => {
    expect(await judge(byQpdf('--linearize'))).toMatchObject({ ok: true, normalized: false });
    expect(await judge(byQpdf('--object-streams=generate'))).toMatchObject({ ok: true, normalized: false });
  });

  it('may have 100 MB', async () => {
    const data: string = 'x'.repeat(95 << 20);
    const path = join(folder, 'large.pdf');
    writeFileSync(path, pdf({ ...SMALL, 4: `<< /Length ${data.length} >>\nstream\n${data}\nendstream` }));

    expect(await intake.process(path, 'large.pdf')).toMatchObject({ ok: true, normalized: false });
  });
});

describe('an upload that is refused', () => {
  it.each([
    ['a text named .pdf', 'UNSUPPORTED', '不是 PDF、PNG 或 JPEG', () => 'just a text'],
    ['an empty file', 'UNSUPPORTED', '内容为空', () => ''],
    ['a DOCX', 'UNSUPPORTED', 'LibreOffice', () => Buffer.from('PK\x03\x04....word/document.xml', 'latin1')],
    ['a DOC', 'UNSUPPORTED', 'LibreOffice', () => Buffer.from('d0cf11e0a1b11ae100', 'hex')],
    ['another archive', 'UNSUPPORTED', '不是 PDF、PNG 或 JPEG', () => Buffer.from('PK\x03\x04....', 'latin1')],
    ['a file with a password', 'UNSUPPORTED', '受密码保护', () => byQpdf('--encrypt', 'user', 'owner', '256', '--')],
    [
      'a file whose owner forbids changes',
      'UNSUPPORTED',
      '禁止修改',
      () => byQpdf('--encrypt', '', 'owner', '256', '--modify=none', '--'),
    ],
    ['a dynamic form', 'UNSUPPORTED', 'XFA', () => pdf(catalog('/AcroForm << /Fields [] /XFA (x) >>'))],
    [
      'a file certified against changes',
      'UNSUPPORTED',
      '认证签名',
      () =>
        pdf({
          ...catalog('/Perms << /DocMDP 4 0 R >>'),
          4: '<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>',
        }),
    ],
    [
      'a file that runs a script on opening',
      'UNSUPPORTED',
      'OpenAction/JavaScript',
      () => pdf(catalog('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>')),
    ],
    ['more than 5000 pages', 'UNSUPPORTED', '5000 页', () => pdf(pages(5001))],
    ['more than 100 MB', 'UNSUPPORTED', '100 MB', () => Buffer.alloc((100 << 20) + 1, '%PDF-1.7\n')],
    [
      'a page tree in a circle',
      'PROCESSING_FAILED',
      '循环引用',
      () => pdf({ ...SMALL, 3: '<< /Type /Pages /Kids [2 0 R] >>' }),
    ],
    [
      '200,000 nested arrays',
      'PROCESSING_FAILED',
      '嵌套过深',
      () => pdf({ ...SMALL, 4: '['.repeat(200_000) + ']'.repeat(200_000) }),
    ],
    ['a damaged file without pages', 'PROCESSING_FAILED', '无法修复', () => '%PDF-1.7\nnothing'],
    [
      'a damaged file with a signature',
      'PROCESSING_FAILED',
      '电子签名',
      () => Buffer.concat([lease().subarray(0, 9000), Buffer.from('/ByteRange [0 1 2 3]')]),
    ],
    ['a broken picture', 'PROCESSING_FAILED', '图片已损坏', () => Buffer.from('89504e470d0a1a0a00', 'hex')],
    [
      'a PNG of 100000 × 100000 pixels',
      'PROCESSING_FAILED',
      '像素过多',
      () => Buffer.from('89504e470d0a1a0a0000000d49484452000186a0000186a0080000000000000000000000004945', 'hex'),
    ],
  ] as readonly [string, string, string, () => Uint8Array | string][])(
    'is told why: %s',
    async (_, code, reason, make) => {
      expect(await judge(make())).toMatchObject({ ok: false, code, reason: expect.stringContaining(reason) });
    },
  );

  it.each([
    ['sound', (file: Buffer) => file],
    ['damaged', (file: Buffer) => file.subarray(0, file.length - 300)],
  ])('may be a gibibyte bomb in a %s file, which costs little memory', async (_, change) => {
    const file = change(pdf({ ...SMALL, 4: bomb() }));
    const before = process.memoryUsage.rss();

    expect(await judge(file)).toMatchObject({
      ok: false,
      code: 'PROCESSING_FAILED',
      reason: expect.stringContaining('解压'),
    });
    expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
  });

  it('may be a path where nothing lies', async () => {
    expect(await intake.process(join(folder, 'nothing'), 'a.pdf')).toMatchObject({
      ok: false,
      code: 'PROCESSING_FAILED',
    });
  });
});

describe('the worker threads', () => {
  it('are replaced when a file takes too long, and the next file is served', async () => {
    const hasty = createIntake({ maxWorkers: 1, deadlineMs: 1000 });
    const crowd = Object.fromEntries(
      Array.from({ length: 300_000 }, (_, i) => [i + 4, '<< /A [1 2 3] /B << /C 5 >> >>']),
    );

    expect(await hasty.process(pdf({ ...SMALL, ...crowd }), 'a.pdf')).toMatchObject({
      ok: false,
      reason: expect.stringContaining('超时'),
    });
    expect(await hasty.process(lease(), 'a.pdf')).toMatchObject({ ok: true });
    await hasty.close();
  });

  it('are replaced when a file takes too much memory, and the next file is served', async () => {
    const narrow = createIntake({ maxWorkers: 1, growthMb: 256 });
    await narrow.warm();
    const path = join(folder, 'encrypted-bomb.pdf');
    writeFileSync(path, encryptedBomb());

    expect(await narrow.process(path, 'a.pdf')).toMatchObject({ ok: false, reason: expect.stringContaining('内存') });
    expect(await narrow.process(LEASE, 'a.pdf')).toMatchObject({ ok: true });
    await narrow.close();
  });

  it('serve many uploads at once, the bad ones beside the good ones', async () => {
    const uploads = Array.from({ length: 12 }, (_, i) => judge(i % 3 === 0 ? 'bad' : lease()));

    expect((await Promise.all(uploads)).map((result) => result.ok)).toEqual(
      Array.from({ length: 12 }, (_, i) => i % 3 !== 0),
    );
  });
});

/** An object stream that only inflates after decryption, where no look at the stored bytes can find it. */
function encryptedBomb(): Buffer {
  const plain = join(folder, 'plain.pdf');
  const out = join(folder, 'encrypted.pdf');
  writeFileSync(plain, pdf({ ...catalog('/X 4 0 R'), 4: `(${'A'.repeat(200 << 20)})` }));
  execFileSync('qpdf', [plain, '--object-streams=generate', '--encrypt', '', 'owner', '256', '--', out]);
  return readFileSync(out);
}
