/** What is on a page, as far as it decides whether and how the page is drawn. */
import type { Handle, PdfiumLibrary } from './pdfium-library.ts';

export interface PageContent {
  /** Of all text, annotations and form fields included. There are no fonts here but those of the file and the standard ones. */
  readonly bringsItsFonts: boolean;
  readonly hasPhotographs: boolean;
}

/** FPDF_PAGEOBJ_…, public/fpdf_edit.h. */
const TEXT = 1;
const IMAGE = 3;
const FORM = 5;
/** Forms in forms; nobody who writes documents nests deeper. */
const MAX_DEPTH = 12;
/** ISO 32000-1 §9.6.2.2: part of the library. */
const STANDARD_FONTS = new Set([
  ...['Courier', 'Courier-Bold', 'Courier-Oblique', 'Courier-BoldOblique'],
  ...['Helvetica', 'Helvetica-Bold', 'Helvetica-Oblique', 'Helvetica-BoldOblique'],
  ...['Times-Roman', 'Times-Bold', 'Times-Italic', 'Times-BoldItalic', 'Symbol', 'ZapfDingbats'],
]);
/** With the zero behind it. */
const LONGEST_STANDARD_NAME = 32;

export function contentOf(library: PdfiumLibrary, page: Handle): PageContent {
  let hasPhotographs = false;
  for (const object of objectsOf(library, page)) {
    const type = library._FPDFPageObj_GetType(object);
    if (type === IMAGE) hasPhotographs = true;
    // Still a form: nested too deep to be looked into.
    if (type === FORM || (type === TEXT && !isThere(library, library._FPDFTextObj_GetFont(object)))) {
      return { bringsItsFonts: false, hasPhotographs };
    }
  }
  return { bringsItsFonts: true, hasPhotographs };
}

function* objectsOf(library: PdfiumLibrary, page: Handle): Generator<Handle> {
  const count = library._FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) yield* flattened(library, library._FPDFPage_GetObject(page, i), 0);
  const annotations = library._FPDFPage_GetAnnotCount(page);
  for (let i = 0; i < annotations; i++) yield* objectsOfAnnotation(library, page, i);
}

function* objectsOfAnnotation(library: PdfiumLibrary, page: Handle, index: number): Generator<Handle> {
  const annotation = library._FPDFPage_GetAnnot(page, index);
  try {
    const count = library._FPDFAnnot_GetObjectCount(annotation);
    for (let i = 0; i < count; i++) yield* flattened(library, library._FPDFAnnot_GetObject(annotation, i), 0);
  } finally {
    library._FPDFPage_CloseAnnot(annotation);
  }
}

/** The object itself, or what it is made of. */
function* flattened(library: PdfiumLibrary, object: Handle, depth: number): Generator<Handle> {
  if (library._FPDFPageObj_GetType(object) !== FORM || depth === MAX_DEPTH) return yield object;
  const count = library._FPDFFormObj_CountObjects(object);
  for (let i = 0; i < count; i++) yield* flattened(library, library._FPDFFormObj_GetObject(object, i), depth + 1);
}

function isThere(library: PdfiumLibrary, font: Handle): boolean {
  if (library._FPDFFont_GetIsEmbedded(font) === 1) return true;
  const buffer = library.wasmExports.malloc(LONGEST_STANDARD_NAME);
  try {
    const size = library._FPDFFont_GetBaseFontName(font, buffer, LONGEST_STANDARD_NAME);
    // A longer name has not been written at all.
    if (size < 1 || size > LONGEST_STANDARD_NAME) return false;
    return STANDARD_FONTS.has(Buffer.from(library.HEAPU8.subarray(buffer, buffer + size - 1)).toString('latin1'));
  } finally {
    library.wasmExports.free(buffer);
  }
}
