/** Pages drawn by the server: as others draw them, or not at all, whatever the document is. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ByteRange } from '../../apps/server/src/kernel/http-range.ts';
import {
  createPagePictures,
  type PagePicture,
  type PagePictures,
  type RangedBytes,
} from '../../apps/server/src/modules/files/index.ts';
import { classicPdf, deflatedZeros } from '../../packages/pdf/testing/inputs.ts';
import { scannedPdf, turnedPdf, unembeddedPdf } from '../browser/sample-pdfs.ts';
import { LEASE } from '../hostile/hostile-files.ts';

let pictures: PagePictures;

beforeAll(() => {
  pictures = createPagePictures();
});
afterAll(() => pictures.close());

describe('a picture of a page', () => {
  it('looks as another program draws it', async () => {
    const file = await readFile(LEASE);

    const picture = await pictures.draw(bytesOf(file), 2, 750);

    expect(picture?.type).toBe('image/png');
    const other = await drawnByPoppler(file, 2, 750);
    const difference = await differenceOf(picture!.bytes, other);
    expect(difference).toBeLessThan((await differenceOf(await blankPage(750, 1061), other)) / 4);
  });

  it('has the size and the direction in which the page is shown', async () => {
    const turned = await pictures.draw(bytesOf(turnedPdf()), 2, 842);

    expect(await sizeOf(turned!)).toEqual([842, 595]);
  });

  it('is at most 2,000 pixels wide', async () => {
    expect(await sizeOf((await pictures.draw(bytesOf(turnedPdf()), 2, 50_000))!)).toEqual([2_000, 1_413]);
  });

  it('of a scan is a photograph, and takes no more of a large file than its page', async () => {
    const scan = bytesOf(scannedPdf(60, 300_000));

    const picture = await pictures.draw(scan, 1, 750);

    expect(picture?.type).toBe('image/jpeg');
    expect(scan.size).toBeGreaterThan(17_000_000);
    expect(scan.taken()).toBeLessThan(1_200_000);
  });

  it('of what would be 1.2 GB when unpacked stays within 200 MB of memory', async () => {
    const thrifty = createPagePictures({ growthMb: 200, deadlineMs: 60_000 });
    try {
      await thrifty.warm();
      expect(await thrifty.draw(bytesOf(hugePicture()), 1, 600)).not.toBeNull();
    } finally {
      await thrifty.close();
    }
  });

  it('draws text in the standard fonts, which documents do not bring along', async () => {
    const picture = await pictures.draw(bytesOf(textIn('Helvetica')), 1, 600);

    expect(await darkestOf(picture!)).toBeLessThan(100);
  });
});

describe('there is no picture', () => {
  it.each([
    ['of text in a Chinese font that the file does not bring along', unembeddedPdf()],
    ['of text in any other such font', textIn('SimSun')],
    ['of such text in a form field', fieldIn('SimSun')],
    ['of what is no PDF', Buffer.from('%PDF-1.7 and nothing more')],
    ['of nothing', Buffer.alloc(0)],
    ['of a page without end', pageOf('', '[0 0 1 1000000]')],
  ])('%s', async (_, file) => {
    expect(await pictures.draw(bytesOf(file), 1, 600)).toBeNull();
  });

  it('of a page that is not there', async () => {
    expect(await pictures.draw(bytesOf(turnedPdf()), 3, 600)).toBeNull();
  });

  it('of a file that cannot be read any more', async () => {
    const gone: RangedBytes = {
      size: 100_000,
      // biome-ignore lint/correctness/useYield: it fails first
      async *stream() {
        throw new Error('gone');
      },
    };

    expect(await pictures.draw(gone, 1, 600)).toBeNull();
    expect(await pictures.draw(bytesOf(turnedPdf()), 1, 600)).not.toBeNull();
  });

  it('of a file that can be read in part only', async () => {
    const file = await readFile(LEASE);
    const whole = bytesOf(file);
    let asked = 0;
    const torn: RangedBytes = {
      size: whole.size,
      stream: (range) => {
        if (++asked > 2) throw new Error('gone');
        return whole.stream(range);
      },
    };

    expect(await pictures.draw(torn, 1, 600)).toBeNull();
    expect(asked).toBeGreaterThan(2);
    expect(await pictures.draw(whole, 1, 600)).not.toBeNull();
  });

  it('of what takes too long; the next one is drawn again', async () => {
    const hurried = createPagePictures({ deadlineMs: 300 });
    const silent: RangedBytes = { size: 100_000, stream: () => never() };
    try {
      await hurried.warm();
      expect(await hurried.draw(silent, 1, 600)).toBeNull();
      expect(await hurried.draw(bytesOf(turnedPdf()), 1, 600)).not.toBeNull();
    } finally {
      await hurried.close();
    }
  });

  it('or one that is wrong, but never a fault, of a document that is damaged anywhere', async () => {
    const file = await readFile(LEASE);
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 400 });

    await fc.assert(
      fc.asyncProperty(damage, async (bytes) => {
        const damaged = new Uint8Array(file);
        for (const [at, value] of bytes) damaged[at] = value;
        const picture = await pictures.draw(bytesOf(damaged), 1, 300);
        if (picture) expect((await sizeOf(picture))[0]).toBe(300);
      }),
      { numRuns: 40 },
    );
    expect(await pictures.draw(bytesOf(file), 1, 300)).not.toBeNull();
  });

  it('for the seventeenth who asks at once', async () => {
    const file = bytesOf(await readFile(LEASE));

    const answers = await Promise.all(Array.from({ length: 20 }, () => pictures.draw(file, 1, 400)));

    expect(answers.filter((answer) => answer === null)).toHaveLength(4);
  });
});

function bytesOf(file: Uint8Array): RangedBytes & { taken(): number } {
  let taken = 0;
  return {
    size: file.length,
    taken: () => taken,
    async *stream({ start, end }: ByteRange) {
      taken += end - start;
      // In two pieces, as storage may give them.
      const middle = Math.ceil((start + end) / 2);
      yield file.subarray(start, middle);
      yield file.subarray(middle, end);
    },
  };
}

async function* never(): AsyncGenerator<Uint8Array> {
  yield await new Promise<Uint8Array>(() => undefined);
}

function pageOf(content: string, mediaBox: string, resources = '', page = ''): Buffer {
  return classicPdf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: `<< /Type /Page /Parent 2 0 R /MediaBox ${mediaBox} /Resources << ${resources} >> /Contents 4 0 R ${page} >>`,
    4: `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  });
}

const fontOf = (name: string): string => `/Font << /F << /Type /Font /Subtype /TrueType /BaseFont /${name} >> >>`;
const SOME_TEXT = 'BT /F 48 Tf 60 400 Td (Contract) Tj ET';

function textIn(font: string): Buffer {
  return pageOf(SOME_TEXT, '[0 0 595 842]', fontOf(font));
}

function fieldIn(font: string): Buffer {
  const appearance = `<< /Type /XObject /Subtype /Form /BBox [0 0 300 60] /Resources << ${fontOf(font)} >> /Length ${SOME_TEXT.length} >>\nstream\n${SOME_TEXT}\nendstream`;
  return classicPdf({
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>',
    4: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [60 400 360 460] /AP << /N 5 0 R >> >>',
    5: appearance,
  });
}

/** 1.2 GB of black, packed into some hundred kilobytes. */
function hugePicture(): Buffer {
  const packed = deflatedZeros(1_200);
  const head = `<< /Type /XObject /Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
  const body = classicPdf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /S 5 0 R >> >> /Contents 4 0 R >>',
    4: '<< /Length 28 >>\nstream\nq 595 0 0 842 0 0 cm /S Do Q\nendstream',
  });
  return Buffer.concat([body, Buffer.from(`5 0 obj\n${head}`), packed, Buffer.from('\nendstream\nendobj\n')]);
}

async function drawnByPoppler(file: Uint8Array, page: number, width: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'signet-picture-'));
  try {
    const path = join(folder, 'file.pdf');
    await writeFile(path, file);
    const only = ['-f', `${page}`, '-l', `${page}`, '-singlefile', '-scale-to-x', `${width}`, '-scale-to-y', '-1'];
    await promisify(execFile)('pdftoppm', ['-png', ...only, path, join(folder, 'page')]);
    return await readFile(join(folder, 'page.png'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The mean difference of brightness, of 255; a little blurred, since programs smooth edges differently. */
async function differenceOf(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((image) =>
      sharp(image).resize(375, 530, { fit: 'fill' }).flatten().greyscale().blur(1).raw().toBuffer(),
    ),
  );
  return a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
}

function blankPage(width: number, height: number): Promise<Uint8Array> {
  return sharp({ create: { width, height, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
}

async function sizeOf({ bytes }: PagePicture): Promise<[number | undefined, number | undefined]> {
  const { width, height } = await sharp(bytes).metadata();
  return [width, height];
}

async function darkestOf({ bytes }: PagePicture): Promise<number | undefined> {
  return (await sharp(bytes).greyscale().stats()).channels[0]?.min;
}
