/** pdfium's C interface, in WebAssembly. It sees one file and nothing else of this machine. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PDFiumModule } from '@hyzyla/pdfium';
import type { VirtualFile } from './virtual-file.ts';

/** An address in the library's memory; 0 is none. */
export type Handle = number;

/** What is called of public/fpdfview.h, fpdf_edit.h, fpdf_annot.h and fpdf_formfill.h. */
export interface PdfiumLibrary {
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly wasmExports: { malloc(size: number): Handle; free(address: Handle): void };
  _FPDF_InitLibraryWithConfig(config: Handle): void;
  _FPDF_LoadDocument(path: Handle, password: Handle): Handle;
  _FPDF_CloseDocument(document: Handle): void;
  _FPDF_LoadPage(document: Handle, index: number): Handle;
  _FPDF_ClosePage(page: Handle): void;
  _FPDF_GetPageWidth(page: Handle): number;
  _FPDF_GetPageHeight(page: Handle): number;
  _FPDFDOC_InitFormFillEnvironment(document: Handle, callbacks: Handle): Handle;
  _FPDFDOC_ExitFormFillEnvironment(form: Handle): void;
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: Handle, stride: number): Handle;
  _FPDFBitmap_FillRect(bitmap: Handle, x: number, y: number, width: number, height: number, color: number): void;
  _FPDFBitmap_GetBuffer(bitmap: Handle): Handle;
  _FPDFBitmap_Destroy(bitmap: Handle): void;
  _FPDF_RenderPageBitmap(...bitmapPageStartSizeRotationFlags: readonly number[]): void;
  _FPDF_FFLDraw(...formBitmapPageStartSizeRotationFlags: readonly number[]): void;
  _FPDFPage_CountObjects(page: Handle): number;
  _FPDFPage_GetObject(page: Handle, index: number): Handle;
  _FPDFPageObj_GetType(object: Handle): number;
  _FPDFFormObj_CountObjects(object: Handle): number;
  _FPDFFormObj_GetObject(object: Handle, index: number): Handle;
  _FPDFTextObj_GetFont(object: Handle): Handle;
  _FPDFFont_GetIsEmbedded(font: Handle): number;
  _FPDFFont_GetBaseFontName(font: Handle, buffer: Handle, size: number): number;
  _FPDFPage_GetAnnotCount(page: Handle): number;
  _FPDFPage_GetAnnot(page: Handle, index: number): Handle;
  _FPDFPage_CloseAnnot(annotation: Handle): void;
  _FPDFAnnot_GetObjectCount(annotation: Handle): number;
  _FPDFAnnot_GetObject(annotation: Handle, index: number): Handle;
}

const WASM = fileURLToPath(import.meta.resolve('@hyzyla/pdfium/pdfium.wasm'));
/** Version 2 of FPDF_LIBRARY_CONFIG and FPDF_FORMFILLINFO; all their other members may be null. */
const STRUCT_VERSION = 2;
const STRUCT_BYTES = 512;

export async function loadLibrary(file: VirtualFile): Promise<PdfiumLibrary> {
  const compiled = await WebAssembly.compile(await readFile(WASM));
  const module = await PDFiumModule({
    instantiateWasm(imports, onInstance) {
      Object.assign(imports.env ?? {}, file.env);
      Object.assign(imports.wasi_snapshot_preview1 ?? {}, file.wasi);
      const instance = new WebAssembly.Instance(compiled, imports);
      file.attach(instance.exports.memory as WebAssembly.Memory);
      // Typed as a module, called with an instance.
      onInstance(instance as unknown as WebAssembly.Module);
      return instance.exports;
    },
  });
  // The package's types name only what its own wrapper calls.
  const library = module as unknown as PdfiumLibrary;
  library._FPDF_InitLibraryWithConfig(emptyStruct(library));
  return library;
}

/** A struct that says its version and nothing else. */
export function emptyStruct(library: PdfiumLibrary): Handle {
  const address = library.wasmExports.malloc(STRUCT_BYTES);
  library.HEAPU8.fill(0, address, address + STRUCT_BYTES);
  library.HEAP32[address / Int32Array.BYTES_PER_ELEMENT] = STRUCT_VERSION;
  return address;
}

export function textIn(library: PdfiumLibrary, text: string): Handle {
  const bytes = Buffer.from(`${text}\0`, 'latin1');
  const address = library.wasmExports.malloc(bytes.length);
  library.HEAPU8.set(bytes, address);
  return address;
}
