/** A page of a document as pixels. */
import { contentOf } from './page-content.ts';
import { emptyStruct, type Handle, loadLibrary, type PdfiumLibrary, textIn } from './pdfium-library.ts';
import type { ReadableBytes } from './remote-bytes.ts';
import { createVirtualFile, VIRTUAL_PATH } from './virtual-file.ts';

/** Four bytes a pixel: red, green, blue, and one without meaning. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly hasPhotographs: boolean;
}

const BGRX = 3;
const WHITE = 0xffffffff;
/** FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER, public/fpdfview.h. */
const ANNOTATIONS = 0x01;
const RED_FIRST = 0x10;
/** A page is shown as wide as the screen: a strip of a hundred screens' height is no page. */
const MAX_PIXELS = 8_000_000;

export async function loadPdfium() {
  const file = createVirtualFile();
  const library = await loadLibrary(file);
  const path = textIn(library, VIRTUAL_PATH);
  const callbacks = emptyStruct(library);

  return {
    /** Null for what cannot be drawn as it should look. @param index of the page, from 0. @param width in pixels. */
    draw(bytes: ReadableBytes, index: number, width: number): Pixels | null {
      file.show(bytes);
      const document = library._FPDF_LoadDocument(path, 0);
      const pixels = document ? drawOf(document, index, width) : null;
      const isWhole = !file.hasFailed();
      // Pieces of the document go with it.
      file.show(null);
      return isWhole ? pixels : null;
    },
  };

  function drawOf(document: Handle, index: number, width: number): Pixels | null {
    const form = library._FPDFDOC_InitFormFillEnvironment(document, callbacks);
    const page = library._FPDF_LoadPage(document, index);
    const pixels = page ? drawPage(library, page, { form, width }) : null;
    if (page) library._FPDF_ClosePage(page);
    library._FPDFDOC_ExitFormFillEnvironment(form);
    library._FPDF_CloseDocument(document);
    return pixels;
  }
}

function drawPage(library: PdfiumLibrary, page: Handle, { form, width }: { form: Handle; width: number }) {
  const height = Math.round((width * library._FPDF_GetPageHeight(page)) / library._FPDF_GetPageWidth(page));
  if (!(height >= 1 && width * height <= MAX_PIXELS)) return null;
  const { bringsItsFonts, hasPhotographs } = contentOf(library, page);
  const bitmap = bringsItsFonts ? library._FPDFBitmap_CreateEx(width, height, BGRX, 0, 0) : 0;
  if (!bitmap) return null;
  try {
    library._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const area = [0, 0, width, height, 0] as const;
    library._FPDF_RenderPageBitmap(bitmap, page, ...area, ANNOTATIONS | RED_FIRST);
    // Signatures and other form fields are drawn by this call alone.
    library._FPDF_FFLDraw(form, bitmap, page, ...area, RED_FIRST);
    const start = library._FPDFBitmap_GetBuffer(bitmap);
    return { data: library.HEAPU8.slice(start, start + width * height * 4), width, height, hasPhotographs };
  } finally {
    library._FPDFBitmap_Destroy(bitmap);
  }
}
