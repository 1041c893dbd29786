export type { Drawing, DrawingItem, DrawingPath, DrawingText, PathSegment } from './drawing/drawing.ts';
export { PdfError, type PdfErrorCode } from './errors.ts';
