import { describe, expect, it } from 'vitest';
import { type ClassicObjects, classicPdf } from '../../testing/inputs.ts';
import { PdfFile } from '../syntax/file.ts';
import { writeDict } from '../syntax/serializer.ts';
import { layOut } from './lay-out.ts';
import type { LayoutPlan } from './plan.ts';

const PAGES = 6;
const RECT = { x: 10, y: 20, width: 30, height: 40 };
const PLAN: LayoutPlan = {
  parties: [{ partyId: 'A', displayName: '甲方', places: [{ placeId: 'p', page: 2, rect: RECT }] }],
};

/** Every page object is followed by a picture of that size. */
function scan(pictureBytes: number, more: ClassicObjects = {}): Uint8Array {
  const numbers = Array.from({ length: PAGES }, (_, i) => 10 + 2 * i);
  const pages = numbers.flatMap((number) => [
    [
      number,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /S ${number + 1} 0 R >> >> >>`,
    ],
    [number + 1, `<< /Length ${pictureBytes} >>\nstream\n${'x'.repeat(pictureBytes)}\nendstream`],
  ]);
  return classicPdf({
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: `<< /Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${PAGES} >>`,
    ...Object.fromEntries(pages),
    ...more,
  });
}

function laidOut(base: Uint8Array) {
  const { increment } = layOut(base, PLAN);
  const file = PdfFile.open(Buffer.concat([base, increment]));
  const offsets = file.pages.map(({ ref }) => {
    const entry = file.entryAt(file.last, ref.number)?.entry;
    return entry?.type === 'offset' ? entry.offset : 0;
  });
  return { file, moved: offsets.filter((offset) => offset >= base.length).length };
}

describe('pages that lie far apart', () => {
  it('are written side by side behind the file, as they were', () => {
    const base = scan(100_000);
    const before = PdfFile.open(base).pages.map(({ dict }) => writeDict(dict));

    const { file, moved } = laidOut(base);

    expect(moved).toBe(PAGES);
    const after = file.pages.map(({ dict }) => writeDict(dict));
    expect(after.filter((_, i) => i !== 1)).toEqual(before.filter((_, i) => i !== 1));
    expect(after[1]).toContain('/Annots');
  });

  it.each([
    ['the file is small', scan(1_000)],
    ['they would make the file a good deal larger', scan(100_000, { 10: bigPage() })],
    [
      'somebody has signed it',
      scan(100_000, {
        1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>',
        4: '<< /FT /Sig /T (other) /V 5 0 R >>',
        5: '<< /Type /Sig >>',
      }),
    ],
  ])('stay where they are when %s, but for those with a place', (_, base) => {
    expect(laidOut(base).moved).toBe(1);
  });
});

function bigPage(): string {
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /PieceInfo (${'x'.repeat(60_000)}) >>`;
}
