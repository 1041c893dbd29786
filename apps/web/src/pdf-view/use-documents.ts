import { useEffect, useMemo, useState } from 'react';
import { createOpenFiles, type OpenFiles } from './open-files.ts';
import { createRenderQueue, type RenderQueue } from './render-queue.ts';
import type { ViewFile } from './view-file.ts';

/** Opened files and whose turn it is to be drawn, shared by a document and its thumbnails. */
export interface Documents {
  readonly files: OpenFiles;
  readonly queue: RenderQueue;
  /** The network keeps pages waiting. */
  readonly isWaiting: boolean;
}

export function useDocuments(files: readonly ViewFile[]): Documents {
  const [isWaiting, setIsWaiting] = useState(false);
  const opened = useMemo(() => ({ files: createOpenFiles(setIsWaiting), queue: createRenderQueue() }), []);
  const [first] = files;
  // The first page is wanted in any case: its file comes while the pages' boxes are being made.
  useMemo(() => first && opened.files.document(first.source), [first, opened]);
  useEffect(() => opened.files.keepOnly(files.map(({ source }) => source.key)), [files, opened]);
  useEffect(() => () => opened.files.keepOnly([]), [opened]);
  return useMemo(() => ({ ...opened, isWaiting }), [opened, isWaiting]);
}
