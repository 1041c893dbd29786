import type { SigningFile } from '@signet/protocol/page-api';
import { useRef } from 'react';
import type { PageClient } from '../api/page-client.ts';
import { toCallError } from '../api/page-error.ts';
import { SourceGone } from '../pdf-view/file-source.ts';
import type { ViewFile } from '../pdf-view/view-file.ts';
import { fileKey, filePath } from './file-path.ts';
import type { FirstState } from './first-state.ts';

interface Means {
  readonly client: PageClient;
  readonly first: FirstState;
  readonly attachmentNote: string;
}

/** The same objects as long as the same bytes are meant, so that a new state draws nothing anew. */
export function useViewFiles(files: readonly SigningFile[], { client, first, attachmentNote }: Means) {
  const known = useRef<readonly ViewFile[]>([]);
  const isSame =
    files.length === known.current.length && files.every((file, i) => known.current[i]?.source.key === fileKey(file));
  if (!isSame) known.current = files.map((file) => toViewFile(file, client, first));
  const note = useRef(attachmentNote);
  if (note.current !== attachmentNote || !isSame) {
    note.current = attachmentNote;
    known.current = known.current.map((file, i) => (files[i]?.isAttachment ? { ...file, note: attachmentNote } : file));
  }
  return known.current;
}

function toViewFile(file: SigningFile, client: PageClient, { picture: early }: FirstState): ViewFile {
  const { fileCode, name, size, pages } = file;
  const key = fileKey(file);
  const path = filePath(file);
  const read = async (begin: number, end: number, signal: AbortSignal): Promise<Uint8Array> => {
    try {
      return await client.readRange(path, begin, end, signal);
    } catch (error) {
      const { trouble, failure } = toCallError(error);
      // Reading very fast is no reason never to be served again.
      const isFinal = trouble === 'refused' && failure?.error !== 'TOO_MANY_REQUESTS';
      if (isFinal) throw new SourceGone(key, { cause: error });
      throw error;
    }
  };
  const firstPicture = early?.key === key && { firstPicture: early.picture };
  return { fileId: fileCode, name, pages, source: { key, size, read, ...firstPicture } };
}
