import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openWorkbench } from '../../testing/tools.ts';
import { imageToPdf } from './image-to-pdf.ts';
import { inspectPdf } from './inspect.ts';

const bench = openWorkbench();
afterAll(() => bench.remove());

function chunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}

/** A grey PNG; its header may lie. */
function png(header: { width: number; height: number; interlaced?: boolean }, pixels: Uint8Array): Buffer {
  const ihdr = Buffer.alloc(13);
  ihdr.writeUInt32BE(header.width, 0);
  ihdr.writeUInt32BE(header.height, 4);
  ihdr.set([8, 0, 0, 0, header.interlaced ? 1 : 0], 8);
  const data = deflateSync(pixels);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', ihdr),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const rows = (width: number, height: number): Buffer => Buffer.alloc((width + 1) * height);

/** A JPEG up to its scan: enough for everything but drawing it. */
function jpeg({
  width,
  height,
  frame = 0xc0,
  exif,
}: {
  width: number;
  height: number;
  frame?: number;
  exif?: Buffer;
}): Buffer {
  const sof = Buffer.from([0xff, frame, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  sof.writeUInt16BE(height, 5);
  sof.writeUInt16BE(width, 7);
  const app1 = exif ? Buffer.concat([Buffer.from([0xff, 0xe1, 0, exif.length + 2]), exif]) : Buffer.alloc(0);
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0xff, 0xd9]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app1, sof, scan]);
}

function exif(orientation: number, byteOrder: 'II' | 'MM'): Buffer {
  const isLittle = byteOrder === 'II';
  const numbers = isLittle
    ? [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
    : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Buffer.concat([Buffer.from('Exif\0\0'), Buffer.from(numbers)]);
}

const sizeOf = (bytes: Uint8Array): [number, number] => {
  const [page] = inspectPdf(bytes).pages;
  return [page!.width, page!.height];
};

describe('a picture as a PDF', () => {
  it('fits a PNG into an upright or lying A4 sheet that other readers accept', async () => {
    const lying = await imageToPdf(png({ width: 40, height: 20 }, rows(40, 20)));
    bench.write('png.pdf', lying);

    expect(sizeOf(lying)).toEqual([841.89, 595.28]);
    expect(sizeOf(await imageToPdf(png({ width: 20, height: 40 }, rows(20, 40))))).toEqual([595.28, 841.89]);
    expect(inspectPdf(lying).healthy).toBe(true);
    expect(bench.run('qpdf', '--check', 'png.pdf').status).toBe(0);
  });

  it('makes the page as large as the picture when asked to', async () => {
    expect(sizeOf(await imageToPdf(png({ width: 40, height: 20 }, rows(40, 20)), { page: 'image' }))).toEqual([40, 20]);
  });

  it.each([
    [1, 'II', [841.89, 595.28]],
    [3, 'MM', [841.89, 595.28]],
    [6, 'II', [595.28, 841.89]],
    [8, 'MM', [595.28, 841.89]],
    [9, 'II', [841.89, 595.28]],
  ] as const)('turns the sheet with the Exif orientation %i', async (orientation, order, size) => {
    expect(sizeOf(await imageToPdf(jpeg({ width: 40, height: 20, exif: exif(orientation, order) })))).toEqual(size);
  });

  it.each([
    ['a PNG that claims 100000 × 100000 pixels', 'TOO_LARGE', png({ width: 100_000, height: 100_000 }, rows(9, 9))],
    ['a PNG whose data go on for ever', 'TOO_LARGE', png({ width: 9, height: 9 }, Buffer.alloc(100 << 20))],
    ['a PNG with too few data', 'MALFORMED', png({ width: 900, height: 900 }, rows(9, 9))],
    ['an interlaced PNG', 'UNSUPPORTED', png({ width: 9, height: 9, interlaced: true }, rows(9, 9))],
    ['a PNG that is cut off', 'MALFORMED', png({ width: 9, height: 9 }, rows(9, 9)).subarray(0, 45)],
    ['a JPEG of 65535 × 65535 pixels', 'TOO_LARGE', jpeg({ width: 65_535, height: 65_535 })],
    ['a JPEG without height', 'MALFORMED', jpeg({ width: 9, height: 0 })],
    ['an arithmetic JPEG', 'UNSUPPORTED', jpeg({ width: 9, height: 9, frame: 0xc9 })],
    ['a JPEG that is cut off', 'MALFORMED', jpeg({ width: 9, height: 9 }).subarray(0, 12)],
    ['a text', 'UNSUPPORTED', Buffer.from('no picture')],
  ] as const)('refuses %s', async (_, code, bytes) => {
    await expect(imageToPdf(bytes)).rejects.toMatchObject({ code });
  });
});
