/** Documents that put the page's document view to the test. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDF } from '@libpdf/core';

const LEASE = join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf');

/** The lease over and over: real text in embedded fonts, some 25 kB a page. */
export async function longPdf(pageCount: number): Promise<Uint8Array> {
  const lease = await PDF.load(new Uint8Array(readFileSync(LEASE)));
  const long = PDF.create();
  while (long.getPageCount() < pageCount) {
    const wanted = Math.min(lease.getPageCount(), pageCount - long.getPageCount());
    await long.copyPagesFrom(
      lease,
      Array.from({ length: wanted }, (_, i) => i),
    );
  }
  return long.save();
}

/** Two pages of different size, the second turned by 90°: shown as 842 × 595 points. */
export function turnedPdf(): Uint8Array {
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << >> >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate 90 /Resources << >> >>',
  ]);
}

/** 合同编号 in STSong-Light, which is not embedded: what scanners and old office suites still make. */
export function unembeddedPdf(): Uint8Array {
  const content = 'BT /F 48 Tf 60 700 Td <5408540C7F1653F7> Tj ET';
  return assemble([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 7 0 R >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 6 0 R /DW 1000 >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]);
}

/** A scan: every page is one incompressible picture, with its page object beside it, as scanners write them. */
export function scannedPdf(pageCount: number, bytesPerPage: number): Buffer {
  const kids = Array.from({ length: pageCount }, (_, i) => `${3 + 2 * i} 0 R`).join(' ');
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const rows: string[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (...body: readonly Buffer[]): void => {
    rows.push(`${String(length).padStart(10, '0')} 00000 n \n`);
    const object = [Buffer.from(`${rows.length} 0 obj\n`), ...body, Buffer.from('\nendobj\n')];
    parts.push(...object);
    length += object.reduce((sum, part) => sum + part.length, 0);
  };
  add(Buffer.from('<< /Type /Catalog /Pages 2 0 R >>'));
  add(Buffer.from(`<< /Type /Pages /Kids [${kids}] /Count ${pageCount} >>`));
  const side = Math.floor(Math.sqrt(bytesPerPage));
  for (let page = 0; page < pageCount; page++) {
    const picture = `${4 + 2 * page} 0 R`;
    add(
      Buffer.from(
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /S ${picture} >> >> /Contents ${3 + 2 * pageCount} 0 R >>`,
      ),
    );
    const header = `<< /Type /XObject /Subtype /Image /Width ${side} /Height ${side} /BitsPerComponent 8 /ColorSpace /DeviceGray /Length ${side * side} >>\nstream\n`;
    add(Buffer.from(header), randomBytes(side * side), Buffer.from('\nendstream'));
  }
  const paint = 'q 595 0 0 842 0 0 cm /S Do Q';
  add(Buffer.from(`<< /Length ${paint.length} >>\nstream\n${paint}\nendstream`));
  const count = rows.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}`;
  parts.push(Buffer.from(`${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}

function assemble(objects: readonly string[]): Uint8Array {
  let file = '%PDF-1.7\n';
  const rows = objects.map((body, i) => {
    const row = `${String(file.length).padStart(10, '0')} 00000 n \n`;
    file += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return row;
  });
  const count = objects.length + 1;
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}`;
  return Buffer.from(`${file}${table}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`);
}
