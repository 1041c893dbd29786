/** Decides about one upload. Runs inside a worker: what it reads is hostile, and it may be killed at any instruction. */
import { createHash } from 'node:crypto';
import { type Inspection, inspectPdf, PdfError, type PdfErrorCode } from '@signet/pdf';
import { imageToPdf, normalizePdf } from '@signet/pdf/document';
import sharp from 'sharp';
import { fileKind } from './file-kind.ts';
import { type AcceptedFile, type IntakeResult, type RefusedFile, refuse } from './intake-result.ts';
import { MAX_FILE_BYTES, MAX_PAGES, REASONS } from './reasons.ts';

/** Beyond our own limit, so that the refusal can say that it is the pages that are too many. */
const LIMITS = { maxPages: 4 * MAX_PAGES };
const MOST_PIXELS = 40_000_000;

export async function judgeUpload(bytes: Uint8Array): Promise<IntakeResult> {
  if (bytes.length === 0) {
    return refuse('UNSUPPORTED', REASONS.empty);
  }
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse('UNSUPPORTED', REASONS.tooManyBytes);
  }
  const kind = fileKind(bytes);
  switch (kind) {
    case 'pdf':
      return judgePdf(bytes);
    case 'png':
    case 'jpeg':
      return judgeImage(bytes, kind);
    case 'doc':
    case 'docx':
      return refuse('UNSUPPORTED', REASONS[kind]);
    default:
      return refuse('UNSUPPORTED', REASONS.notSupported);
  }
}

async function judgePdf(bytes: Uint8Array): Promise<IntakeResult> {
  const inspection = inspectPdf(bytes, LIMITS);
  const refused = refusalOf(inspection) ?? hopeless(inspection.fault);
  if (refused) {
    return refused;
  }
  if (inspection.healthy) {
    return accept(bytes, inspection, { kind: 'pdf', normalized: false });
  }
  if (inspection.signed || mayBeSigned(bytes)) {
    return refuse('PROCESSING_FAILED', REASONS.signedAndDamaged);
  }
  return normalize(bytes);
}

async function normalize(bytes: Uint8Array): Promise<IntakeResult> {
  let normalized: Uint8Array;
  try {
    normalized = await normalizePdf(bytes, LIMITS);
  } catch (error) {
    return refusalOfError(error);
  }
  const inspection = inspectPdf(normalized, LIMITS);
  return refusalOf(inspection) ?? accept(normalized, inspection, { kind: 'pdf', normalized: true });
}

function refusalOf({ certified, xfa, activeContent, pageCount }: Inspection): RefusedFile | undefined {
  if (pageCount > MAX_PAGES) {
    return refuse('UNSUPPORTED', REASONS.tooManyPages);
  }
  if (certified === 1) {
    return refuse('UNSUPPORTED', REASONS.certified);
  }
  if (xfa) {
    return refuse('UNSUPPORTED', REASONS.xfa);
  }
  if (activeContent.length > 0) {
    return refuse('UNSUPPORTED', `${REASONS.activeContent}：${activeContent.join('、')}。`);
  }
  return undefined;
}

/** Faults of hostile files, which are not worth a repair. */
function hopeless(fault: PdfErrorCode | undefined): RefusedFile | undefined {
  switch (fault) {
    case 'TOO_LARGE':
      return refuse('PROCESSING_FAILED', REASONS.bomb);
    case 'TOO_DEEP':
      return refuse('PROCESSING_FAILED', REASONS.tooDeep);
    case 'CYCLE':
      return refuse('PROCESSING_FAILED', REASONS.cycle);
    default:
      return undefined;
  }
}

function refusalOfError(error: unknown): RefusedFile {
  const detail = String(error);
  if (!(error instanceof PdfError)) {
    return refuse('PROCESSING_FAILED', REASONS.damaged, detail);
  }
  if (error.code === 'ENCRYPTED') {
    return refuse('UNSUPPORTED', error.cause ? REASONS.ownerForbids : REASONS.password, detail);
  }
  return hopeless(error.code) ?? refuse('PROCESSING_FAILED', REASONS.damaged, detail);
}

/** In a file that cannot be read, every trace of a signature counts: a repair would break it. */
function mayBeSigned(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/ByteRange');
}

async function judgeImage(bytes: Uint8Array, kind: 'png' | 'jpeg'): Promise<IntakeResult> {
  try {
    const pdf = await imageToPdf(bytes).catch((error) => reencoded(bytes, error));
    return accept(pdf, inspectPdf(pdf), { kind, normalized: true });
  } catch (error) {
    const code = error instanceof PdfError ? error.code : 'MALFORMED';
    if (code === 'TOO_LARGE') {
      return refuse('PROCESSING_FAILED', REASONS.imageTooLarge, String(error));
    }
    return code === 'UNSUPPORTED'
      ? refuse('UNSUPPORTED', REASONS.imageUnsupported, String(error))
      : refuse('PROCESSING_FAILED', REASONS.imageDamaged, String(error));
  }
}

/** Interlaced and other uncommon pictures become plain ones first; the pixels stay the same. */
async function reencoded(bytes: Uint8Array, error: unknown): Promise<Uint8Array> {
  if (!(error instanceof PdfError) || error.code !== 'UNSUPPORTED') {
    throw error;
  }
  const plain = await sharp(bytes, { limitInputPixels: MOST_PIXELS })
    .autoOrient()
    .png()
    .toBuffer()
    .catch(() => {
      throw error;
    });
  return imageToPdf(plain);
}

function accept(
  bytes: Uint8Array,
  { pageCount, pages, signed }: Inspection,
  how: Pick<AcceptedFile, 'kind' | 'normalized'>,
): AcceptedFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, bytes, pageCount, pages, sha256, signed, ...how };
}
