export { createDocumentEngine, type DocumentEngine } from './document-engine/engine.ts';
export { createDownloads, DOWNLOAD_SECONDS, type Downloadable, type Downloads } from './downloads.ts';
export type { PageSize, StoredFile } from './file.ts';
export { createIntake, type Intake } from './intake/intake.ts';
export {
  createPagePictures,
  type PagePicture,
  type PagePictures,
  type RangedBytes,
} from './page-pictures/page-pictures.ts';
export type { FileStorage } from './ports.ts';
export { type Segment, streamSegments } from './segments.ts';
export { createFiles, type Files, newStorageKey } from './service.ts';
export { claimBytes, createUnrecordedBytes, type Reference } from './unrecorded-bytes.ts';
export { createUnusedUploads } from './unused-uploads.ts';
