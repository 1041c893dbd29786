/** Pictures through the real reader; without `apps/ocr` installed these tests count as skipped. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../apps/server/src/kernel/http-client.ts';
import { createRecognition } from '../../apps/server/src/modules/recognition/index.ts';
import { createLocalOcr, type LocalOcrOptions } from '../../apps/server/src/providers/ocr-local/index.ts';
import { ocrMember } from '../../apps/server/src/providers/ocr-local/member.ts';
import { expectedFields, readFields } from './expectation.ts';
import { sampleOf } from './generator-a/index.ts';

const isInstalled = ocrMember().isInstalled();
/** The machine may be busy with other tests; the reader's own deadline is what a caller meets. */
const PATIENCE = { timeout: 180_000 };
const GOOD = { turn: 0, perspective: 0, light: 1, noise: 2, blur: 0, quality: 85, size: 1000 };

const reader = createLocalOcr({ pictureMs: 120_000 });
const recognition = createRecognition({ reader, httpClient: createHttpClient({ allow: [] }) });
afterAll(() => recognition.close());

describe.skipIf(!isInstalled)('a card that was photographed', PATIENCE, () => {
  it.each([
    ['flat', 'id-front', 5, {}],
    ['on its head', 'id-front', 6, { turn: 180 }],
    ['on its side', 'id-front', 11, { turn: 90 }],
    ['on its other side', 'id-back', 7, { turn: 270 }],
    ['at an angle, in poor light, with noise', 'id-front', 10, { turn: 7, perspective: 0.1, light: 0.4, noise: 10 }],
    ['as a strongly compressed file', 'bank-card', 4, { quality: 40 }],
    ['small on a large table', 'bank-card', 9, { size: 640, turn: -4 }],
    ['as a whole page', 'license', 13, { size: 1500 }],
    ['as a page on its side', 'license', 3, { size: 1500, turn: 91 }],
  ] as const)('%s gives all it says', async (_, kind, seed, conditions) => {
    const { facts, picture } = await sampleOf(seed, kind, { ...GOOD, ...conditions });

    expect(await readFields(recognition, kind, picture)).toEqual(expectedFields(facts));
  });
});

describe.skipIf(!isInstalled)('what is no picture of a card', PATIENCE, () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><rect width="900" height="600"/></svg>';
  const plain = () => sharp({ create: { width: 900, height: 600, channels: 3, background: '#dde4e8' } });

  it.each([
    ['nothing but zeros', async () => Buffer.alloc(4096), 'not-a-picture'],
    ['a text', async () => Buffer.from('公民身份号码 110101199003078857'), 'not-a-picture'],
    ['an SVG, which could name files', async () => Buffer.from(svg), 'not-a-picture'],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'), 'not-a-picture'],
    ['a GIF', async () => plain().gif().toBuffer(), 'not-a-picture'],
    ['a TIFF', async () => plain().tiff().toBuffer(), 'not-a-picture'],
    ['a JPEG cut in half', async () => half(await sampleOf(5).then(({ picture }) => picture)), 'damaged'],
    ['a PNG cut in half', async () => half(await plain().png({ compressionLevel: 0 }).toBuffer()), 'damaged'],
    ['a PNG of 400 million pixels in some kilobytes', async () => bomb(20_000), 'too-many-pixels'],
    ['a picture of 8 pixels', async () => plain().resize(8, 8).png().toBuffer(), 'too-small'],
  ] as const)('is refused: %s', async (_, make, problem) => {
    expect(await reader.read(await make())).toEqual({ problem });
  });

  it('has no text when it is blank', async () => {
    expect(await reader.read(await plain().png().toBuffer())).toEqual({ lines: [] });
  });

  it('leaves the reader able to read', async () => {
    const { facts, picture } = await sampleOf(4, 'bank-card', GOOD);

    expect(await readFields(recognition, 'bank-card', picture)).toEqual(expectedFields(facts));
  });
});

describe.skipIf(!isInstalled)('the process that reads', PATIENCE, () => {
  const withReader = async (
    options: Partial<LocalOcrOptions>,
    work: (own: ReturnType<typeof createLocalOcr>) => Promise<void>,
  ) => {
    const own = createLocalOcr({ pictureMs: 120_000, ...options });
    try {
      await work(own);
    } finally {
      await own.close();
    }
  };
  const card = async () => (await sampleOf(4, 'bank-card', GOOD)).picture;

  it('starts with the first picture and is gone, with its memory, when none comes for a while', async () => {
    await withReader({ idleMs: 300 }, async (own) => {
      expect(own.processId()).toBeUndefined();

      await own.read(await card());
      const pid = own.processId() ?? 0;

      expect(isRunning(pid)).toBe(true);
      await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
      expect(await own.read(await card())).toHaveProperty('lines');
    });
  });

  it('is killed over a picture that takes too long, and the next one gets another', async () => {
    await withReader({ pictureMs: 1 }, async (own) => {
      expect(await own.read(await card())).toEqual({ problem: 'timed-out' });
      expect(own.processId()).toBeUndefined();
    });
  });

  it('may die over a picture; the next one gets another', async () => {
    await withReader({}, async (own) => {
      await own.read(await card());
      const first = own.processId() ?? 0;
      const reading = own.read(await card());
      process.kill(first, 'SIGKILL');

      expect(await reading).toEqual({ problem: 'failed' });
      expect(await own.read(await card())).toHaveProperty('lines');
      expect(own.processId()).not.toBe(first);
    });
  });

  it('takes no more pictures than it may keep waiting', async () => {
    await withReader({ maxWaiting: 1 }, async (own) => {
      const first = own.read(await card());

      expect(await own.read(await card())).toEqual({ unavailable: 'busy' });
      expect(await first).toHaveProperty('lines');
    });
  });

  it('ends with the platform', async () => {
    const own = createLocalOcr();
    await own.read(await card());
    const pid = own.processId() ?? 0;

    await own.close();

    expect(isRunning(pid)).toBe(false);
    expect(await own.read(await card())).toEqual({ unavailable: 'busy' });
  });
});

describe('an installation without apps/ocr', () => {
  it('names the missing part and the command that installs it', async () => {
    const own = createLocalOcr({ member: ocrMember('/nowhere') });
    const without = createRecognition({ reader: own, httpClient: createHttpClient({ allow: [] }) });

    const call = without.readBankCard({ imageBase64: Buffer.alloc(100, 1).toString('base64') });

    await expect(call).rejects.toMatchObject({
      code: 'oc_60521',
      msg: expect.stringMatching(/apps\/ocr.*npm run ocr:install/),
    });
    await without.close();
  });
});

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A square of one-bit pixels, all equal: deflate makes almost nothing of it. */
function bomb(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(side / 8)) * side));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** ISO/IEC 15948 annex D. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
