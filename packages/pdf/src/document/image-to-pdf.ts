/** A picture as a one-page PDF, upright and on A4. */
import { ops, PDF, PdfArray, PdfNumber, PdfStream } from '@libpdf/core';
import { PdfError } from '../errors.ts';
import type { ImageHeader, Orientation } from './image-header.ts';
import { isJpeg, readJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';

export interface ImagePageOptions {
  /** `a4` fits the picture into the sheet that suits its shape; `image` makes the page as large as the picture at 72 dpi. */
  readonly page?: 'a4' | 'image';
}

const A4 = { short: 595.28, long: 841.89 };
/** The largest page that every reader shows (ISO 32000-1 annex C). */
const LARGEST_PAGE = 14_400;

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
type Matrix = readonly [number, number, number, number, number, number];

export async function imageToPdf(bytes: Uint8Array, options: ImagePageOptions = {}): Promise<Uint8Array> {
  const header = readHeader(bytes);
  const isTurned = header.orientation >= 5;
  const shown = isTurned ? { width: header.height, height: header.width } : header;
  const sheet = options.page === 'image' ? ownSheet(shown) : a4Sheet(shown);
  const pdf = PDF.create();
  const page = pdf.addPage(sheet);

  const name = page.registerImage(embed(pdf, bytes, header));
  const matrix = MATRICES[header.orientation](fit(shown, sheet));
  page.drawOperators([
    ops.pushGraphicsState(),
    ops.concatMatrix(...matrix),
    ops.paintXObject(name),
    ops.popGraphicsState(),
  ]);
  return pdf.save();
}

function readHeader(bytes: Uint8Array): ImageHeader {
  if (isPng(bytes)) {
    return readPng(bytes);
  }
  if (isJpeg(bytes)) {
    return readJpeg(bytes);
  }
  throw new PdfError('UNSUPPORTED', 'neither PNG nor JPEG');
}

function embed(pdf: PDF, bytes: Uint8Array, { isInverted }: ImageHeader): ReturnType<PDF['embedImage']> {
  try {
    const image = pdf.embedImage(bytes);
    const stream = pdf.context.resolve(image.ref);
    if (isInverted && stream instanceof PdfStream) {
      stream.set('Decode', new PdfArray([1, 0, 1, 0, 1, 0, 1, 0].map((bound) => PdfNumber.of(bound))));
    }
    return image;
  } catch (cause) {
    throw new PdfError('MALFORMED', 'the picture cannot be embedded', { cause });
  }
}

function a4Sheet({ width, height }: { width: number; height: number }): { width: number; height: number } {
  return width > height ? { width: A4.long, height: A4.short } : { width: A4.short, height: A4.long };
}

function ownSheet({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, LARGEST_PAGE / Math.max(width, height));
  return { width: width * scale, height: height * scale };
}

function fit(picture: { width: number; height: number }, sheet: { width: number; height: number }): Box {
  const scale = Math.min(sheet.width / picture.width, sheet.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (sheet.width - width) / 2, y: (sheet.height - height) / 2, width, height };
}

/** From the picture's unit square to its place on the page. */
const MATRICES: Readonly<Record<Orientation, (box: Box) => Matrix>> = {
  1: ({ x, y, width, height }) => [width, 0, 0, height, x, y],
  2: ({ x, y, width, height }) => [-width, 0, 0, height, x + width, y],
  3: ({ x, y, width, height }) => [-width, 0, 0, -height, x + width, y + height],
  4: ({ x, y, width, height }) => [width, 0, 0, -height, x, y + height],
  5: ({ x, y, width, height }) => [0, -height, -width, 0, x + width, y + height],
  6: ({ x, y, width, height }) => [0, -height, width, 0, x, y + height],
  7: ({ x, y, width, height }) => [0, height, width, 0, x, y],
  8: ({ x, y, width, height }) => [0, height, -width, 0, x + width, y],
};
