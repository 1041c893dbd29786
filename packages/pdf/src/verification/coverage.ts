/** What a signature signs: the byte range, the hole in it, and the CMS inside the hole (ISO 32000-2 §12.8.1). */
import { hexValue } from '../syntax/characters.ts';
import type { PdfFile } from '../syntax/file.ts';
import { isArray, isName, isString } from '../syntax/objects.ts';
import type { Problem, SignatureProblemCode } from './problem.ts';
import type { SignatureField } from './signature-fields.ts';

export interface Coverage {
  /** Signed are [0, holeStart) and [holeEnd, end). */
  readonly holeStart: number;
  readonly holeEnd: number;
  readonly end: number;
}

export interface CoverageFinding {
  /** Absent when there is nothing sensible to hash. */
  readonly coverage: Coverage | undefined;
  readonly cms: Uint8Array | undefined;
  readonly coversRevision: boolean;
  readonly problems: readonly Problem<SignatureProblemCode>[];
}

const SUB_FILTERS = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'];

export function readCoverage(file: PdfFile, signature: SignatureField): CoverageFinding {
  const problems: Problem<SignatureProblemCode>[] = [];
  const report = (code: SignatureProblemCode, detail: string): void => {
    problems.push({ code, detail, revision: signature.revision });
  };
  if (!hasKnownFormat(signature))
    report('SIGNATURE_DICTIONARY_INVALID', 'the signature is in a format we do not check');

  const coverage = readByteRange(file, signature);
  const coversRevision = coverage !== undefined && endsWithRevision(file, signature.revision, coverage.end);
  if (!coverage) report('BYTE_RANGE_INVALID', 'the byte range is not two ranges of this file');
  else if (!coversRevision) report('BYTE_RANGE_INVALID', 'the byte range does not end with its revision');
  if (coverage && !isExactHole(file, signature, coverage)) {
    report('CONTENTS_INVALID', 'what the byte range leaves out is not exactly the signature');
  }

  const contents = signature.dict.entries.get('Contents');
  const cms = isString(contents) ? withoutPadding(contents.bytes) : undefined;
  if (!cms) report('CONTENTS_INVALID', 'the contents are not one DER value and zeros');
  return { coverage, cms, coversRevision, problems };
}

function hasKnownFormat({ dict, own }: SignatureField): boolean {
  const subFilter = dict.entries.get('SubFilter');
  if (own) return isName(subFilter, 'ETSI.CAdES.detached') && isName(dict.entries.get('Filter'), 'Adobe.PPKLite');
  return isName(subFilter) && SUB_FILTERS.includes(subFilter.value);
}

function readByteRange(file: PdfFile, { dict }: SignatureField): Coverage | undefined {
  const range = dict.entries.get('ByteRange');
  if (!isArray(range) || range.length !== 4) return undefined;
  if (!range.every((item): item is number => typeof item === 'number' && Number.isInteger(item) && item >= 0))
    return undefined;
  const [start = -1, holeStart = 0, holeEnd = 0, length = 0] = range;
  const end = holeEnd + length;
  return start === 0 && holeStart > 0 && holeStart < holeEnd && length > 0 && end <= file.bytes.length
    ? { holeStart, holeEnd, end }
    : undefined;
}

/** With or without the line end behind `%%EOF`: writers differ. */
function endsWithRevision(file: PdfFile, revision: number, end: number): boolean {
  const fileEnd = file.revisions[revision]?.end;
  return fileEnd !== undefined && (end === fileEnd.end || end === fileEnd.eof);
}

/** The hole is the /Contents token of this very dictionary, and holds nothing but digits. */
function isExactHole({ bytes }: PdfFile, { dict, inFile }: SignatureField, { holeStart, holeEnd }: Coverage): boolean {
  const contents = dict.entries.get('Contents');
  if (!inFile || !isString(contents) || contents.span?.start !== holeStart || contents.span.end !== holeEnd)
    return false;
  if (bytes[holeStart] !== 0x3c || bytes[holeEnd - 1] !== 0x3e) return false;
  return bytes.subarray(holeStart + 1, holeEnd - 1).every((byte) => hexValue(byte) >= 0);
}

/** The DER value at the beginning, when only zeros follow it. */
function withoutPadding(bytes: Uint8Array): Uint8Array | undefined {
  const length = derLength(bytes);
  if (length === undefined || length > bytes.length) return undefined;
  return bytes.subarray(length).every((byte) => byte === 0) ? bytes.subarray(0, length) : undefined;
}

function derLength(bytes: Uint8Array): number | undefined {
  const first = bytes[1];
  if (bytes[0] !== 0x30 || first === undefined) return undefined;
  if (first < 0x80) return 2 + first;
  const octets = first - 0x80;
  if (octets === 0 || octets > 4 || bytes.length < 2 + octets) return undefined;
  return bytes.subarray(2, 2 + octets).reduce((value, byte) => value * 256 + byte, 0) + 2 + octets;
}
