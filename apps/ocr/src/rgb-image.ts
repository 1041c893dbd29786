/** Three bytes a pixel, row by row. */
export interface RgbImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Vector {
  readonly x: number;
  readonly y: number;
}

/** A parallelogram in a picture, in its pixels. */
export interface Frame {
  readonly origin: Vector;
  /** Step in the source for one pixel to the right in the cut-out. */
  readonly right: Vector;
  /** Step in the source for one pixel down. */
  readonly down: Vector;
}

const MOST_SAMPLES = 4;

/** The parallelogram as a picture of its own; outside the source its nearest pixel goes on. */
export function cutOut(source: RgbImage, frame: Frame, width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  const step = Math.max(Math.hypot(frame.right.x, frame.right.y), Math.hypot(frame.down.x, frame.down.y));
  // About one sample for each pixel of the source, so that thin strokes do not fall between samples.
  const samples = Math.min(MOST_SAMPLES, Math.max(1, Math.round(step)));
  const sums = new Float64Array(3);
  for (let i = 0; i < width * height; i += 1) {
    const [column, row] = [i % width, Math.floor(i / width)];
    sums.fill(0);
    for (let s = 0; s < samples * samples; s += 1) {
      const u = column + ((s % samples) + 0.5) / samples;
      const v = row + (Math.floor(s / samples) + 0.5) / samples;
      const x = frame.origin.x + u * frame.right.x + v * frame.down.x - 0.5;
      const y = frame.origin.y + u * frame.right.y + v * frame.down.y - 0.5;
      addSample(source, x, y, sums);
    }
    for (let c = 0; c < 3; c += 1) data[3 * i + c] = (sums[c] ?? 0) / (samples * samples);
  }
  return { data, width, height };
}

/** Bilinear. */
function addSample({ data, width, height }: RgbImage, x: number, y: number, sums: Float64Array): void {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const across = Math.min(1, Math.max(0, x - left));
  const along = Math.min(1, Math.max(0, y - top));
  const p = (top * width + left) * 3;
  const right = left + 1 < width ? 3 : 0;
  const below = top + 1 < height ? width * 3 : 0;
  for (let c = p; c < p + 3; c += 1) {
    const upper = (data[c] ?? 0) * (1 - across) + (data[c + right] ?? 0) * across;
    const lower = (data[c + below] ?? 0) * (1 - across) + (data[c + below + right] ?? 0) * across;
    sums[c - p] = (sums[c - p] ?? 0) + upper * (1 - along) + lower * along;
  }
}
