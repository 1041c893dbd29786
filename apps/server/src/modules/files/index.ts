export type { PageSize, StoredFile } from './file.ts';
