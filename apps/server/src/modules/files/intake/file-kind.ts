/** What a file is, judged by its bytes and never by its name. */
export type FileKind = 'pdf' | 'png' | 'jpeg' | 'docx' | 'doc' | 'unknown';

const PDF_HEADER_SEARCH_BYTES = 1024;
const PNG = '89504e470d0a1a0a';
const JPEG = 'ffd8ff';
const ZIP = '504b0304';
const COMPOUND_FILE = 'd0cf11e0a1b11ae1';

export function fileKind(bytes: Uint8Array): FileKind {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = buffer.toString('hex', 0, 8);
  if (head === PNG) {
    return 'png';
  }
  if (head.startsWith(JPEG)) {
    return 'jpeg';
  }
  if (buffer.subarray(0, PDF_HEADER_SEARCH_BYTES).includes('%PDF-')) {
    return 'pdf';
  }
  if (head === COMPOUND_FILE) {
    return 'doc';
  }
  return head.startsWith(ZIP) && buffer.includes('word/') ? 'docx' : 'unknown';
}
