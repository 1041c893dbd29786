export type { Drawing, DrawingItem, DrawingPath, DrawingText, PathSegment } from './drawing/drawing.ts';
export { PdfError, type PdfErrorCode } from './errors.ts';
export { PdfFile } from './syntax/file.ts';
export type { PdfLimits } from './syntax/limits.ts';
export { displayedSize, type Rect } from './syntax/page-geometry.ts';
