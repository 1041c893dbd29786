/** Drawn strokes and the outlines that the pad shows, by the library and options that the server seals with. Pure. */
import { type DrawnSignature, HANDWRITING_STROKE, PAD_LIMIT } from '@signet/protocol/page-api';
import { getStroke } from 'perfect-freehand';

/** x to the right, y down, in pixels of the pad; pressure 0–1. */
export type StrokePoint = readonly [x: number, y: number, pressure: number];
export type Stroke = readonly StrokePoint[];

/** As the server accepts them. */
const MOST_STROKES = 200;
const MOST_POINTS = 2_000;

/** A pen that fits names of two to four characters on pads from a small phone to a desktop. */
export function brushFor(padWidth: number): number {
  return Math.round(Math.min(14, Math.max(6, padWidth / 45)));
}

/** SVG path data of one stroke's outline. */
export function outlineOf(stroke: Stroke, brush: number): string {
  const outline = getStroke(
    stroke.map((point) => [...point]),
    { ...HANDWRITING_STROKE, size: brush },
  );
  const [first] = outline;
  if (!first) return '';
  const curves = outline.map(([x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = outline[(i + 1) % outline.length] ?? first;
    return `${x},${y} ${(x + nextX) / 2},${(y + nextY) / 2}`;
  });
  return `M${first[0]},${first[1]} Q${curves.join(' ')} Z`;
}

/** @returns undefined when nothing has been drawn. */
export function toDrawing(strokes: readonly Stroke[], brush: number): DrawnSignature | undefined {
  const drawn = strokes.filter((stroke) => stroke.length > 0).slice(0, MOST_STROKES);
  if (drawn.length === 0) return undefined;
  return { strokes: drawn.map((stroke) => thin(stroke).map(bounded)), brush };
}

/** Evenly, so that the shape stays; the end of a stroke is kept. */
function thin(stroke: Stroke): Stroke {
  if (stroke.length <= MOST_POINTS) return stroke;
  const step = (stroke.length - 1) / (MOST_POINTS - 1);
  return Array.from({ length: MOST_POINTS }, (_, i) => stroke[Math.round(i * step)]).filter(
    (point): point is StrokePoint => point !== undefined,
  );
}

function bounded([x, y, pressure]: StrokePoint): [number, number, number] {
  return [inPad(x), inPad(y), Math.min(1, Math.max(0, round(pressure)))];
}

const inPad = (value: number): number => Math.min(PAD_LIMIT, Math.max(-PAD_LIMIT, round(value)));
const round = (value: number): number => Math.round(value * 100) / 100;

/** When the pad changes its size, what has been drawn is fitted into the new one and never enlarged. */
export function fitInto(strokes: readonly Stroke[], from: PadSize, to: PadSize): readonly Stroke[] {
  const scale = Math.min(1, to.width / from.width, to.height / from.height);
  const dx = (to.width - from.width * scale) / 2;
  const dy = (to.height - from.height * scale) / 2;
  return strokes.map((stroke) => stroke.map(([x, y, p]): StrokePoint => [x * scale + dx, y * scale + dy, p]));
}

export interface PadSize {
  readonly width: number;
  readonly height: number;
}
