import type { FileSource } from './file-source.ts';
import type { PageSize, PointRect } from './geometry.ts';

export interface ViewFile {
  /** Stays the same when the bytes are replaced by a later revision. */
  readonly fileId: string;
  readonly name: string;
  readonly source: FileSource;
  readonly pages: readonly PageSize[];
  /** Beside the name, e.g. that it is an attachment. */
  readonly note?: string;
}

export interface ViewPosition {
  readonly fileId: string;
  /** Counted through all files, from 1. */
  readonly number: number;
  readonly total: number;
}

export interface DocumentHandle {
  /** Scrolls there; to the top of the page when no rectangle is given. */
  reveal(fileId: string, page: number, rect?: PointRect): void;
  revealPage(number: number): void;
}
