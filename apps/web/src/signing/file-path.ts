import type { SigningFile } from '@signet/protocol/page-api';

/** Below the page API: the bytes of a file at the revision that the party sees. */
export function filePath({ fileCode, revision }: SigningFile): string {
  return `/files/${encodeURIComponent(fileCode)}?revision=${revision}`;
}
