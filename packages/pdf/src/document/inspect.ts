/** What a platform must know about an uploaded PDF before it lets anybody sign it. */
import { PdfError, type PdfErrorCode } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import { formFields } from '../syntax/form-fields.ts';
import type { PdfLimits } from '../syntax/limits.ts';
import { isDict } from '../syntax/objects.ts';
import { displayedSize } from '../syntax/page-geometry.ts';
import { findActiveContent } from './active-content.ts';
import { certifiedPermission } from './certification.ts';
import { checkObjects } from './object-check.ts';
import { falseCounts } from './page-counts.ts';

export interface DisplayedPage {
  /** As displayed: cropped, rotated, in points. */
  readonly width: number;
  readonly height: number;
  readonly rotation: 0 | 90 | 180 | 270;
}

export interface Inspection {
  readonly pageCount: number;
  readonly pages: readonly DisplayedPage[];
  /** Carries signatures made elsewhere. */
  readonly signed: boolean;
  /** The DocMDP permission (1 no change, 2 forms and signatures, 3 annotations too) of a certified file. */
  readonly certified?: 1 | 2 | 3;
  readonly encrypted: boolean;
  readonly xfa: boolean;
  /** What would run when somebody opens the file, by its place in the file. */
  readonly activeContent: readonly string[];
  /** Every object can be read strictly and an increment can be appended. */
  readonly healthy: boolean;
  /** Why the file is not healthy. */
  readonly fault?: PdfErrorCode;
}

const UNREADABLE: Inspection = {
  pageCount: 0,
  pages: [],
  signed: false,
  encrypted: false,
  xfa: false,
  activeContent: [],
  healthy: false,
};

/** Never throws for what is inside the file: a file that cannot be read comes back with its fault. */
export function inspectPdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Inspection {
  try {
    return inspect(PdfFile.open(bytes, limits), limits);
  } catch (error) {
    if (!(error instanceof PdfError)) {
      throw error;
    }
    return { ...UNREADABLE, encrypted: error.code === 'ENCRYPTED', fault: error.code };
  }
}

function inspect(file: PdfFile, limits: Partial<PdfLimits>): Inspection {
  const pages = file.pages;
  const form = file.resolve(file.catalog.entries.get('AcroForm'));
  const certified = certifiedPermission(file);
  const seen = {
    pageCount: pages.length,
    pages: pages.map((page) => ({ ...displayedSize(page), rotation: page.rotation })),
    signed: formFields(file, file.last).some(
      (field) => field.type === 'Sig' && isDict(file.resolve(field.dict.entries.get('V'))),
    ),
    encrypted: false,
    xfa: isDict(form) && file.resolve(form.entries.get('XFA')) !== null,
    activeContent: findActiveContent(file),
    ...(certified === undefined ? {} : { certified }),
  };
  const fault = faultOf(file, limits);

  return fault === undefined ? { ...seen, healthy: true } : { ...seen, healthy: false, fault };
}

function faultOf(file: PdfFile, limits: Partial<PdfLimits>): PdfErrorCode | undefined {
  // Readers disagree about what a hybrid file's two tables say, so one of them must go.
  if (file.revisions.some((revision) => revision.trailer.entries.has('XRefStm')) || !file.revisions.at(-1)?.end) {
    return 'MALFORMED';
  }
  if (falseCounts(file).length > 0) {
    return 'MALFORMED';
  }
  try {
    checkObjects(file, limits);
    return undefined;
  } catch (error) {
    if (error instanceof PdfError) {
      return error.code;
    }
    throw error;
  }
}
