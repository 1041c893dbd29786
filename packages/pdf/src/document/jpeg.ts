/** As much of a JPEG as a page needs: its size and which way is up (ITU-T T.81 annex B, Exif 2.32 §4.6). */
import { PdfError } from '../errors.ts';
import type { ImageHeader, Orientation } from './image-header.ts';

const MOST_PIXELS = 120_000_000;
const START_OF_SCAN = 0xda;
const APP1 = 0xe1;
const APP14 = 0xee;
const EXIF = 'Exif\0\0';
const ORIENTATION_TAG = 0x0112;
/** Baseline, extended and progressive: what a PDF reader decodes. */
const FRAMES = [0xc0, 0xc1, 0xc2];
/** Lossless, hierarchical and arithmetic frames. */
const OTHER_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

export function readJpeg(bytes: Uint8Array): ImageHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let size: { width: number; height: number; components: number } | undefined;
  let orientation: Orientation = 1;
  let isAdobe = false;

  for (const { marker, start, end } of segments(view)) {
    if (FRAMES.includes(marker)) {
      size = readFrame(view, start, end);
    } else if (OTHER_FRAMES.includes(marker)) {
      throw new PdfError('UNSUPPORTED', `JPEG frame 0x${marker.toString(16)}`);
    } else if (marker === APP1) {
      orientation = readOrientation(view, start, end) ?? orientation;
    } else if (marker === APP14) {
      isAdobe = true;
    } else if (marker === START_OF_SCAN && size) {
      // Adobe stores four inks as their complements; a PDF reader takes them as they are.
      return { width: size.width, height: size.height, orientation, isInverted: isAdobe && size.components === 4 };
    }
  }
  throw new PdfError('MALFORMED', 'JPEG without a picture');
}

interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

/** The marker segments up to the first scan. */
function* segments(view: DataView): Generator<Segment> {
  let at = 2;
  while (at + 4 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) {
      throw new PdfError('MALFORMED', 'JPEG marker expected');
    }
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (end < at + 4 || end > view.byteLength) {
      throw new PdfError('MALFORMED', 'JPEG segment beyond the file');
    }
    yield { marker, start: at + 4, end };
    if (marker === START_OF_SCAN) {
      return;
    }
    at = end;
  }
}

function readFrame(view: DataView, start: number, end: number): { width: number; height: number; components: number } {
  if (end - start < 6) {
    throw new PdfError('MALFORMED', 'JPEG frame');
  }
  const height = view.getUint16(start + 1);
  const width = view.getUint16(start + 3);
  if (width === 0 || height === 0) {
    throw new PdfError('MALFORMED', 'JPEG frame');
  }
  if (width * height > MOST_PIXELS) {
    throw new PdfError('TOO_LARGE', `${width} × ${height} pixels`);
  }
  return { width, height, components: view.getUint8(start + 5) };
}

/** A broken Exif block only loses the orientation. */
function readOrientation(view: DataView, start: number, end: number): Orientation | undefined {
  const tiff = start + EXIF.length;
  if (end - tiff < 8 || [...EXIF].some((c, i) => view.getUint8(start + i) !== c.charCodeAt(0))) {
    return undefined;
  }
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  if (directory + 2 > end) {
    return undefined;
  }
  const count = Math.min(view.getUint16(directory, isLittle), Math.floor((end - directory - 2) / 12));
  for (let i = 0; i < count; i += 1) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, isLittle) === ORIENTATION_TAG) {
      const value = view.getUint16(entry + 8, isLittle);
      return value >= 1 && value <= 8 ? (value as Orientation) : undefined;
    }
  }
  return undefined;
}
