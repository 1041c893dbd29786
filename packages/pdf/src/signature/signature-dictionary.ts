/** The signature dictionary (ISO 32000-2 §12.8.1, ETSI EN 319 142-1 §5.3). */
import { dict, name, type PdfDict, type PdfObject } from '../syntax/objects.ts';
import { writeEntries } from '../syntax/serializer.ts';
import { dateString, textString } from '../syntax/text-string.ts';

export interface SignatureClaims {
  readonly signedAt: Date;
  readonly signerName: string;
  readonly reason?: string;
  readonly location?: string;
  readonly contactInfo?: string;
}

/** The catalog's object and the fields that the signature locks. */
export interface LockedFields {
  readonly root: string;
  readonly fields: readonly string[];
}

export interface SignatureDictionary {
  readonly body: string;
  /** Within the body: the numbers of /ByteRange, and the hexadecimal string of /Contents with its brackets. */
  readonly byteRange: { readonly start: number; readonly end: number };
  readonly contents: { readonly start: number; readonly end: number };
}

/** Room for `[0 a b c]` with offsets of ten digits. */
const BYTE_RANGE_BYTES = 2 + 1 + 3 * 11;

export function signatureDictionary(
  claims: SignatureClaims,
  locked: LockedFields,
  contentsBytes: number,
): SignatureDictionary {
  const head = `<< ${writeEntries(fixedEntries(claims))} ${fieldMdp(locked)}/ByteRange `;
  const middle = ' /Contents ';
  const contents = `<${'0'.repeat(contentsBytes * 2)}>`;
  const byteRangeEnd = head.length + BYTE_RANGE_BYTES;
  const contentsStart = byteRangeEnd + middle.length;
  return {
    body: `${head}${' '.repeat(BYTE_RANGE_BYTES)}${middle}${contents} >>`,
    byteRange: { start: head.length, end: byteRangeEnd },
    contents: { start: contentsStart, end: contentsStart + contents.length },
  };
}

function fixedEntries({ signedAt, signerName, reason, location, contactInfo }: SignatureClaims): PdfDict {
  const entries: [string, PdfObject][] = [
    ['Type', name('Sig')],
    ['Filter', name('Adobe.PPKLite')],
    ['SubFilter', name('ETSI.CAdES.detached')],
    ['M', dateString(signedAt)],
    ['Name', textString(signerName)],
  ];
  if (reason) entries.push(['Reason', textString(reason)]);
  if (location) entries.push(['Location', textString(location)]);
  if (contactInfo) entries.push(['ContactInfo', textString(contactInfo)]);
  entries.push(['Prop_Build', dict({ App: dict({ Name: name('Signet') }) })]);
  return dict(entries);
}

/** What the field's /Lock announced, now signed (ISO 32000-2 §12.8.2.4). */
function fieldMdp({ root, fields }: LockedFields): string {
  if (fields.length === 0) return '';
  const parameters = dict({
    Type: name('TransformParams'),
    V: name('1.2'),
    Action: name('Include'),
    Fields: fields.map(textString),
  });
  const reference = dict({ Type: name('SigRef'), TransformMethod: name('FieldMDP'), TransformParams: parameters });
  return `/Reference [<< ${writeEntries(reference)} /Data ${root} >>] `;
}
