/** Files that nobody should have to sign, written object by object or made by qpdf. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync } from 'node:zlib';

export const LEASE = join(import.meta.dirname, '..', '..', 'examples', 'lease-contract.zh.pdf');

type Objects = Readonly<Record<number, string>>;

const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>';
const ONE_PAGE: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: PAGE,
};
const catalog = (more: string): Objects => ({ ...ONE_PAGE, 1: `<< /Type /Catalog /Pages 2 0 R ${more} >>` });
const DOC_MDP = '/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00>';

export const onePage = (): Buffer => pdf(ONE_PAGE);

export const certified = (permission: 1 | 2 | 3): Buffer =>
  pdf({
    ...catalog('/Perms << /DocMDP 4 0 R >> /AcroForm << /SigFlags 3 /Fields [5 0 R] >>'),
    4: `<< ${DOC_MDP} /Reference [<< /TransformMethod /DocMDP /TransformParams << /P ${permission} /V /1.2 >> >>] >>`,
    5: '<< /FT /Sig /T (S) /V 4 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>',
  });

export const pageTreeCycle = (): Buffer => pdf({ ...ONE_PAGE, 3: '<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] >>' });

export const nestedArrays = (): Buffer => pdf({ ...ONE_PAGE, 4: '['.repeat(200_000) + ']'.repeat(200_000) });

export const xfa = (): Buffer => pdf(catalog('/AcroForm << /Fields [] /XFA (x) >>'));

export const script = (): Buffer => pdf(catalog('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'));

export const passwordProtected = (): Buffer => byQpdf('--encrypt', 'user', 'owner', '256', '--');

/** The header of a picture of ten thousand million pixels. */
export const hugePng = (): Buffer =>
  Buffer.from('89504e470d0a1a0a0000000d49484452000186a0000186a0080000000000000000000000004945', 'hex');

/** A gibibyte of zeros in one mebibyte. */
export function inflateBomb(): Buffer {
  const block = deflateRawSync(Buffer.alloc(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
  const data = Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: 1024 }, () => block)]);
  const head = `<< /Filter /FlateDecode /Length ${data.length} >>`;
  return pdf({ ...ONE_PAGE, 4: `${head}\nstream\n${data.toString('latin1')}\nendstream` });
}

function byQpdf(...args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'signet-hostile-'));
  try {
    const out = join(folder, 'out.pdf');
    execFileSync('qpdf', [LEASE, ...args, out]);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pdf(objects: Objects): Buffer {
  let text = '%PDF-1.7\n';
  const numbers = Object.keys(objects).map(Number);
  const rows = numbers.map((number) => {
    const row = `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`;
    return row;
  });
  const size = numbers.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\n`;
  return Buffer.from(`${text}${table}startxref\n${text.length}\n%%EOF\n`, 'latin1');
}
