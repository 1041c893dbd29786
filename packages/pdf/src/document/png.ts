/** As much of a PNG as must be known before its pixels are unpacked (ISO/IEC 15948 §5, §11.2). */
import { inflateSync } from 'node:zlib';
import { PdfError } from '../errors.ts';
import type { ImageHeader } from './image-header.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const HEADER_BYTES = 25;
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS = [1, 2, 4, 8, 16];
/** Unpacked pixels exist several times over while the picture is embedded. */
const MOST_PIXELS = 40_000_000;

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/** Checks that the pixels are as many as the header says, at most that many, before anybody unpacks them. */
export function readPng(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let header: Header | undefined;
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    if (at + 12 + length > bytes.length) {
      throw new PdfError('MALFORMED', 'PNG chunk beyond the file');
    }
    if (type === IHDR) {
      header ??= readHeader(view, at);
    } else if (type === IDAT) {
      data.push(bytes.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  if (!header || data.length === 0) {
    throw new PdfError('MALFORMED', 'PNG without header or data');
  }
  checkPixels(header, data);
  return { width: header.width, height: header.height, orientation: 1, isInverted: false };
}

const IHDR = 0x49484452;
const IDAT = 0x49444154;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly rawBytes: number;
}

function readHeader(view: DataView, at: number): Header {
  if (at + HEADER_BYTES > view.byteLength) {
    throw new PdfError('MALFORMED', 'PNG header');
  }
  const width = view.getUint32(at + 8);
  const height = view.getUint32(at + 12);
  const depth = view.getUint8(at + 16);
  const samples = SAMPLES[view.getUint8(at + 17)];
  if (width === 0 || height === 0 || samples === undefined || !DEPTHS.includes(depth)) {
    throw new PdfError('MALFORMED', 'PNG header');
  }
  if (width * height > MOST_PIXELS) {
    throw new PdfError('TOO_LARGE', `${width} × ${height} pixels`);
  }
  if (view.getUint8(at + 20) !== 0) {
    throw new PdfError('UNSUPPORTED', 'interlaced PNG');
  }
  return { width, height, rawBytes: height * (1 + Math.ceil((width * samples * depth) / 8)) };
}

function checkPixels({ rawBytes }: Header, data: readonly Uint8Array[]): void {
  let size: number;
  try {
    size = inflateSync(Buffer.concat(data), { maxOutputLength: rawBytes + 1024 }).length;
  } catch (cause) {
    const isBomb = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new PdfError(isBomb ? 'TOO_LARGE' : 'MALFORMED', 'PNG data', { cause });
  }
  if (size < rawBytes) {
    throw new PdfError('MALFORMED', 'PNG data are too few');
  }
}
