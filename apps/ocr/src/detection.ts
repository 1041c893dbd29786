/**
 * Where text is: PP-OCRv4's detector answers for each pixel how surely it lies in the core of a line of text (differentiable
 * binarization, arXiv:1911.08947); connected cores become boxes.
 */
import * as ort from 'onnxruntime-node';
import { type Box, convexHull, type Point, smallestBox } from './geometry.ts';
import { scalePicture } from './picture.ts';
import type { RgbImage } from './rgb-image.ts';

/** Of the model's training: channels blue, green, red. */
const MEAN = [0.485, 0.456, 0.406] as const;
const DEVIATION = [0.229, 0.224, 0.225] as const;
const STRIDE = 32;

const CORE = 0.3;
const MIN_BOX_SCORE = 0.5;
const MIN_CORE_PIXELS = 12;
const MIN_CORE_HEIGHT = 2.5;
/** How far the core is from the whole text, as a share of area by perimeter. */
const GROWTH = 1.6;
/** A card has some dozens; a page of noise has thousands. */
const MAX_BOXES = 120;

export interface Detector {
  /** Boxes in pixels of the picture, `longestSide` is what it is scaled to before the look. */
  detect(image: RgbImage, longestSide: number): Promise<Box[]>;
}

export function createDetector(session: ort.InferenceSession): Detector {
  return {
    detect: async (image, longestSide) => {
      const scale = longestSide / Math.max(image.width, image.height);
      const [width, height] = [roundToStride(image.width * scale), roundToStride(image.height * scale)];
      const scaled = await scalePicture(image, width, height);
      const input = new ort.Tensor('float32', normalize(scaled), [1, 3, height, width]);
      const output = await session.run({ [session.inputNames[0] ?? '']: input });
      const map = output[session.outputNames[0] ?? '']?.data as Float32Array;
      const boxes = findBoxes({ map, width, height });
      return boxes.map((box) => rescale(box, image.width / width, image.height / height));
    },
  };
}

function roundToStride(length: number): number {
  return Math.max(STRIDE, Math.round(length / STRIDE) * STRIDE);
}

function normalize({ data, width, height }: RgbImage): Float32Array {
  const plane = width * height;
  const values = new Float32Array(plane * 3);
  for (let channel = 0; channel < 3; channel += 1) {
    const [mean, deviation] = [MEAN[channel] ?? 0, DEVIATION[channel] ?? 1];
    const source = 2 - channel;
    for (let i = 0; i < plane; i += 1) {
      values[channel * plane + i] = ((data[3 * i + source] ?? 0) / 255 - mean) / deviation;
    }
  }
  return values;
}

interface ScoreMap {
  readonly map: Float32Array;
  readonly width: number;
  readonly height: number;
}

function findBoxes(scores: ScoreMap): Box[] {
  const found: { box: Box; pixels: number }[] = [];
  for (const { border, pixels, score } of coresOf(scores)) {
    const box = smallestBox(convexHull(border));
    if (!box || score < MIN_BOX_SCORE || Math.min(box.width, box.height) < MIN_CORE_HEIGHT) continue;
    found.push({ box: grow(box), pixels });
  }
  return found
    .toSorted((a, b) => b.pixels - a.pixels)
    .slice(0, MAX_BOXES)
    .map(({ box }) => box);
}

interface Core {
  /** The ends of each of its rows: all that its hull needs. */
  readonly border: readonly Point[];
  readonly pixels: number;
  /** Mean of its pixels. */
  readonly score: number;
}

function* coresOf({ map, width, height }: ScoreMap): Generator<Core> {
  const seen = new Uint8Array(width * height);
  for (let start = 0; start < map.length; start += 1) {
    if (seen[start] || (map[start] ?? 0) <= CORE) continue;
    const core = flood({ map, width, height }, seen, start);
    if (core.pixels >= MIN_CORE_PIXELS) yield core;
  }
}

/** All pixels that hang together with `start`, diagonals included. */
function flood({ map, width, height }: ScoreMap, seen: Uint8Array, start: number): Core {
  const open = [start];
  const rows = new Map<number, { left: number; right: number }>();
  let [pixels, sum] = [0, 0];
  seen[start] = 1;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    pixels += 1;
    sum += map[at] ?? 0;
    const row = rows.get(y);
    if (!row) rows.set(y, { left: x, right: x });
    else [row.left, row.right] = [Math.min(row.left, x), Math.max(row.right, x)];
    for (let dy = Math.max(0, y - 1); dy <= Math.min(height - 1, y + 1); dy += 1) {
      for (let dx = Math.max(0, x - 1); dx <= Math.min(width - 1, x + 1); dx += 1) {
        const next = dy * width + dx;
        if (seen[next] || (map[next] ?? 0) <= CORE) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  const border = [...rows].flatMap(([y, { left, right }]) => [
    ...[
      { x: left, y },
      { x: right + 1, y },
    ],
    ...[
      { x: left, y: y + 1 },
      { x: right + 1, y: y + 1 },
    ],
  ]);
  return { border, pixels, score: sum / pixels };
}

function grow(box: Box): Box {
  const margin = (box.width * box.height * GROWTH) / (2 * (box.width + box.height));
  return { ...box, width: box.width + 2 * margin, height: box.height + 2 * margin };
}

/** The two factors differ by the rounding to the stride only, so that the angle stays what it is. */
function rescale(box: Box, x: number, y: number): Box {
  const along = Math.hypot(Math.cos(box.angle) * x, Math.sin(box.angle) * y);
  const across = Math.hypot(Math.sin(box.angle) * x, Math.cos(box.angle) * y);
  const center = { x: box.center.x * x, y: box.center.y * y };
  return { center, width: box.width * along, height: box.height * across, angle: box.angle };
}
