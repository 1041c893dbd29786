import type { SigningFile } from '@signet/protocol/page-api';

/** Names these very bytes. */
export function fileKey({ fileCode, revision }: SigningFile): string {
  return `${fileCode}@${revision}`;
}

/** Below the page API: the bytes of a file at the revision that the party sees. */
export function filePath({ fileCode, revision }: SigningFile): string {
  return `/files/${encodeURIComponent(fileCode)}?revision=${revision}`;
}

export function picturePath({ fileCode, revision }: SigningFile, width: number): string {
  return `/files/${encodeURIComponent(fileCode)}/first-page?revision=${revision}&width=${width}`;
}
