export { type DisplayedPage, type Inspection, inspectPdf } from './document/inspect.ts';
export type { Drawing, DrawingItem, DrawingPath, DrawingText, PathSegment } from './drawing/drawing.ts';
export { PdfError, type PdfErrorCode } from './errors.ts';
export type { LayoutWarning } from './layout/base-form.ts';
export type { DocumentLayout, PartyLayout, PlaceLayout, WidgetLayout } from './layout/document-layout.ts';
export { type LaidOutDocument, layOut } from './layout/lay-out.ts';
export type { LayoutPlan, PartyPlan, Place } from './layout/plan.ts';
export type { PlaceContent } from './signature/appearances.ts';
export {
  completeSignature,
  digestOf,
  type PreparedSignature,
  prepareSignature,
  type SignatureRequest,
} from './signature/prepare.ts';
export { PdfFile } from './syntax/file.ts';
export type { PdfLimits } from './syntax/limits.ts';
export { displayedSize, type Rect } from './syntax/page-geometry.ts';
export type { Problem, ProblemCode } from './verification/problem.ts';
export type { Modification, SignatureReport, VerificationReport } from './verification/report.ts';
export { type DocumentVerificationOptions, verifyDocument } from './verification/verify-document.ts';
