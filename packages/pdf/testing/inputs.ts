/** Input files of many makes. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, deflateRawSync } from 'node:zlib';
import { PDF } from '@libpdf/core';

export interface InputOptions {
  readonly pages?: number;
  readonly rotations?: readonly (0 | 90 | 180 | 270)[];
  readonly xrefStream?: boolean;
  readonly chinese?: boolean;
}

/** A file made by another library. */
export async function libraryPdf({
  pages = 3,
  rotations = [0],
  xrefStream = false,
  chinese = false,
}: InputOptions = {}) {
  const pdf = PDF.create();
  const font = chinese ? pdf.embedFont(chineseFont()) : undefined;
  for (let index = 0; index < pages; index++) {
    const page = pdf.addPage({ size: 'a4', rotate: rotations[index % rotations.length] ?? 0 });
    page.drawText(`Page ${index + 1}`, { x: 100, y: 700, size: 20 });
    if (font) page.drawText(`房屋租赁合同 第${index + 1}页`, { x: 100, y: 650, size: 20, font });
  }
  return pdf.save({ useXRefStream: xrefStream, subsetFonts: true });
}

function chineseFont(): Uint8Array {
  const path = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';
  return readFileSync(createRequire(import.meta.url).resolve(path));
}

/** Objects by number, as the text between `obj` and `endobj`. */
export type ClassicObjects = Readonly<Record<number, string>>;

/** A hand-written file with a classic table; object 1 is the catalog. */
export function classicPdf(objects: ClassicObjects, trailer = ''): Buffer {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const numbers = Object.keys(objects).map(Number);
  const size = Math.max(...numbers) + 1;
  const offsets = new Map<number, number>();
  for (const number of numbers) {
    offsets.set(number, text.length);
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`;
  }
  const startxref = text.length;
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number);
    if (offset !== undefined) return `${String(offset).padStart(10, '0')} 00000 n \n`;
    return `0000000000 ${number === 0 ? '65535' : '00001'} f \n`;
  });
  text += `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`;
  text += `startxref\n${startxref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

const TEXT = 'BT /F1 24 Tf 72 700 Td (Lease) Tj ET';

/** Two pages: the first with a shifted crop box and an indirect annotation list, the second with a direct one and a user unit. */
export const CLASSIC_OBJECTS: ClassicObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [9 0 R] /NeedAppearances true /DA (/Helv 0 Tf 0 g) >> >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 612 792] /Resources << /Font << /F1 6 0 R >> >> >>',
  3: '<< /Type /Page /Parent 2 0 R /Contents 5 0 R /CropBox [50 60 562 732] /Rotate 90 /Annots 7 0 R >>',
  4: '<< /Type /Page /Parent 2 0 R /Contents 5 0 R /UserUnit 2 /Annots [8 0 R] >>',
  5: `<< /Length ${TEXT.length} >>\nstream\n${TEXT}\nendstream`,
  6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  7: '[9 0 R]',
  8: '<< /Type /Annot /Subtype /Link /Rect [10 10 60 30] /Border [0 0 0] >>',
  9: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (signet-party-A) /Rect [100 100 200 120] /P 3 0 R >>',
};

/** Deflated zeros without ever having them in memory; the checksum at the end is missing. */
export function deflatedZeros(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: mebibytes }, () => block)]);
}
