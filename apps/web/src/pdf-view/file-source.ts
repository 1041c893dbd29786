/** Where a document's bytes come from. */
import type { FirstPicture } from './first-picture.ts';

export interface FileSource {
  /** Names these very bytes; another revision has another key. */
  readonly key: string;
  readonly size: number;
  /** Bytes `begin` up to and without `end`. Rejects with {@link SourceGone} when asking again is of no use. */
  readonly read: (begin: number, end: number, signal: AbortSignal) => Promise<Uint8Array>;
  /** Of page 1, by somebody who was faster; absent where nobody was asked. */
  readonly firstPicture?: FirstPicture;
}

/** The bytes will not come, however often one asks. */
export class SourceGone extends Error {
  override readonly name = 'SourceGone';
}

/** A document behind an address that understands Range (RFC 9110 §14.2). */
export function addressSource(
  key: string,
  size: number,
  url: string,
  headers: Record<string, string> = {},
): FileSource {
  return {
    key,
    size,
    read: async (begin, end, signal) => {
      const init = { headers: { ...headers, Range: `bytes=${begin}-${end - 1}` }, signal };
      const response = await fetch(url, init);
      const isFinal = response.status >= 400 && response.status < 500 && response.status !== 429;
      if (isFinal) throw new SourceGone(String(response.status));
      if (!response.ok) throw new Error(String(response.status));
      const bytes = new Uint8Array(await response.arrayBuffer());
      return response.status === 206 ? bytes : bytes.subarray(begin, end);
    },
  };
}
