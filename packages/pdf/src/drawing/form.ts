/** Drawings as form XObjects (ISO 32000-2 §8.10), for the appearance streams of seals. */
import { deflateSync } from 'node:zlib';
import { PdfError } from '../errors.ts';
import { dict, name, type PdfDict, type PdfObject } from '../syntax/objects.ts';
import type { Matrix, Rect } from '../syntax/page-geometry.ts';
import { writeNumber, writeStream } from '../syntax/serializer.ts';
import type { Drawing, DrawingItem, DrawingPath, DrawingText, PathSegment } from './drawing.ts';

const COLOR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const OPERATORS = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const;
/** Far more than the largest page (14,400 units); keeps exponents out of the content. */
const MAX_COORDINATE = 1e6;

const HELVETICA = dict({
  Type: name('Font'),
  Subtype: name('Type1'),
  BaseFont: name('Helvetica'),
  Encoding: name('WinAnsiEncoding'),
});

/** A group is composed by itself first, so that overlapping parts of a seal do not darken each other. */
const GROUP = dict({ S: name('Transparency'), CS: name('DeviceRGB'), I: true });

/** Multiplied like ink: the text below a seal stays readable. */
const INK = dict({ Type: name('ExtGState'), BM: name('Multiply') });

const MEMO = new WeakMap<Drawing, Uint8Array>();

/** The body of the form XObject that shows the whole drawing in its own size; made once per drawing. */
export function drawingForm(drawing: Drawing): Uint8Array {
  const known = MEMO.get(drawing);
  if (known) return known;
  checkSize(drawing.width, drawing.height);
  const content = drawing.items.map(itemOperators).join('\n');
  const fonts = drawing.items.some(({ kind }) => kind === 'text') ? { Font: dict({ F: HELVETICA }) } : {};
  const body = formBody(content, { BBox: [0, 0, drawing.width, drawing.height], Resources: dict(fonts), Group: GROUP });
  MEMO.set(drawing, body);
  return body;
}

/** The body of a form that shows nothing. */
export function emptyForm(): Uint8Array {
  return writeStream({ kind: 'stream', dict: formDict({ BBox: [0, 0, 0, 0] }), raw: new Uint8Array() });
}

export interface Window {
  /** Size of the form. */
  readonly width: number;
  readonly height: number;
  readonly matrix: Matrix;
  /** The part of the drawing that shows; it keeps its proportions and is centred. */
  readonly crop: Rect;
  /** Object number of the drawing's form. */
  readonly drawing: number;
}

/** The body of a form whose box cuts a part out of a drawing's form. */
export function windowForm({ width, height, matrix, crop, drawing }: Window): Uint8Array {
  checkSize(width, height);
  checkSize(crop.width, crop.height);
  const scale = Math.min(width / crop.width, height / crop.height);
  const shownWidth = crop.width * scale;
  const shownHeight = crop.height * scale;
  const left = (width - shownWidth) / 2;
  const bottom = (height - shownHeight) / 2;
  const clip = `${numbers(left, bottom, shownWidth, shownHeight)} re W n`;
  const move = `${numbers(scale, 0, 0, scale, left - crop.x * scale, bottom - crop.y * scale)} cm`;
  const resources = dict({
    ExtGState: dict({ Ink: INK }),
    XObject: dict({ Seal: { kind: 'ref', number: drawing, generation: 0 } }),
  });
  const entries = { BBox: [0, 0, width, height], Matrix: [...matrix], Resources: resources };
  const raw = Buffer.from(`q ${clip} /Ink gs ${move} /Seal Do Q`, 'latin1');
  return writeStream({ kind: 'stream', dict: formDict(entries), raw });
}

function formBody(content: string, entries: Readonly<Record<string, PdfObject>>): Uint8Array {
  const raw = deflateSync(Buffer.from(content, 'latin1'));
  return writeStream({ kind: 'stream', dict: formDict({ ...entries, Filter: name('FlateDecode') }), raw });
}

function formDict(entries: Readonly<Record<string, PdfObject>>): PdfDict {
  return dict({ Type: name('XObject'), Subtype: name('Form'), ...entries });
}

function itemOperators(item: DrawingItem): string {
  return item.kind === 'path' ? pathOperators(item) : textOperators(item);
}

function pathOperators({ fill, evenOdd, segments }: DrawingPath): string {
  if (segments[0]?.[0] !== 'M') throw new PdfError('INVALID_DRAWING', 'a path must start with M');
  return `${colorOperator(fill)}\n${segments.map(segmentOperator).join('\n')}\n${evenOdd ? 'f*' : 'f'}`;
}

function segmentOperator([operator, ...operands]: PathSegment): string {
  return operands.length === 0 ? OPERATORS[operator] : `${numbers(...operands)} ${OPERATORS[operator]}`;
}

function textOperators({ value, x, y, size, fill }: DrawingText): string {
  if (!PRINTABLE_ASCII.test(value)) throw new PdfError('INVALID_DRAWING', 'text of a drawing must be printable ASCII');
  const escaped = value.replace(/[\\()]/g, '\\$&');
  return `BT ${colorOperator(fill)} /F ${numbers(size)} Tf ${numbers(x, y)} Td (${escaped}) Tj ET`;
}

function colorOperator(fill: string): string {
  const channels = COLOR.exec(fill)?.slice(1);
  if (!channels) throw new PdfError('INVALID_DRAWING', `color ${JSON.stringify(fill)}`);
  return `${numbers(...channels.map((channel) => Number.parseInt(channel, 16) / 255))} rg`;
}

function numbers(...values: number[]): string {
  return values.map(coordinate).join(' ');
}

function coordinate(value: number): string {
  if (!(Math.abs(value) <= MAX_COORDINATE)) throw new PdfError('INVALID_DRAWING', `coordinate ${value}`);
  return writeNumber(Math.round(value * 10_000) / 10_000);
}

function checkSize(width: number, height: number): void {
  if (!(width > 0 && height > 0 && width <= MAX_COORDINATE && height <= MAX_COORDINATE)) {
    throw new PdfError('INVALID_DRAWING', `size ${width} × ${height}`);
  }
}
