/** Range requests (RFC 9110 §14, §13.1.5): one range of bytes; a request for several is answered with the whole. */

/** `end` is the first byte that is not part of it. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes that never change under their entity tag. */
export interface FixedBytes {
  readonly size: number;
  /** Strong and quoted, as it stands in the header. */
  readonly etag: string;
}

export interface RangeAnswer {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string | number>>;
  /** What to send; null for 416. */
  readonly range: ByteRange | null;
}

type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/i;

/** Status, headers and bytes of the answer to a GET for such bytes. */
export function answerRange(request: RequestHeaders, { size, etag }: FixedBytes): RangeAnswer {
  const { range: wanted, 'if-range': condition } = request;
  const headers = { 'Accept-Ranges': 'bytes', ETag: etag };
  // The client holds a part of something else, or of a version by date, which we do not give.
  const isOfOthers = typeof condition === 'string' && condition !== etag;
  const range = typeof wanted === 'string' && !isOfOthers ? parseRange(wanted, size) : 'whole';

  if (range === 'unsatisfiable') {
    return {
      status: 416,
      headers: { ...headers, 'Content-Range': `bytes */${size}`, 'Content-Length': 0 },
      range: null,
    };
  }
  if (range === 'whole') {
    return { status: 200, headers: { ...headers, 'Content-Length': size }, range: { start: 0, end: size } };
  }
  const { start, end } = range;
  const partial = { 'Content-Range': `bytes ${start}-${end - 1}/${size}`, 'Content-Length': end - start };
  return { status: 206, headers: { ...headers, ...partial }, range };
}

/** A header that cannot be read is ignored, as the standard lets us; one that lies behind the end is refused. */
export function parseRange(header: string, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = ONE_RANGE.exec(header.trim());
  const [, first = '', last = ''] = match ?? [];
  if (!match || first + last === '' || size === 0) return 'whole';
  if (first === '') return suffix(Number(last), size);

  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  if (length === 0) return 'unsatisfiable';
  return { start: Math.max(size - length, 0), end: size };
}
