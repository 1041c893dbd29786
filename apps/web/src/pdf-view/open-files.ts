/** The documents of a view: opened when the first page of each comes near, closed when their bytes are replaced. */
import { type OpenDocument, openDocument, type PDFDocumentProxy } from './engine.ts';
import type { FileSource } from './file-source.ts';

export interface OpenFiles {
  document(source: FileSource): Promise<PDFDocumentProxy>;
  /** After a failure, so that the next ask opens it anew. */
  forget(source: FileSource): void;
  keepOnly(keys: readonly string[]): void;
}

export function createOpenFiles(onWaiting: (isWaiting: boolean) => void): OpenFiles {
  const open = new Map<string, OpenDocument>();

  function close(key: string): void {
    open.get(key)?.close();
    open.delete(key);
  }

  return {
    document(source) {
      const { key } = source;
      const opened = open.get(key) ?? openDocument(source, onWaiting);
      open.set(key, opened);
      return opened.document;
    },
    forget: ({ key }) => close(key),
    keepOnly(keys) {
      for (const key of [...open.keys()]) if (!keys.includes(key)) close(key);
    },
  };
}
