/** Repair and conversion at upload: apart from the package's main door, since it loads LibPDF. */
export { imageToPdf } from './image-to-pdf.ts';
export { normalizePdf } from './normalize.ts';
