/** Light and sharpness of a picture, from its pixels (RGBA). */
import type { FaceBox, Light } from '../sight.ts';

export interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** ITU-R BT.601. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

export function measureLight(pixels: Pixels, box: FaceBox | undefined): Light {
  const luma = lumaOf(pixels);
  const whole = sumOf(luma, pixels, { left: 0, top: 0, right: pixels.width, bottom: pixels.height });
  const face = box ? sumOf(luma, pixels, areaOf(box, pixels)) : whole;
  const count = whole.count - face.count;
  return {
    face: face.sum / Math.max(1, face.count),
    around: count > 0 ? (whole.sum - face.sum) / count : whole.sum / Math.max(1, whole.count),
  };
}

/** Standard deviation of the Laplacian over the face: edges that are blurred by movement or focus vary less. */
export function measureSharpness(pixels: Pixels, box: FaceBox): number {
  const luma = lumaOf(pixels);
  const { width } = pixels;
  const { left, top, right, bottom } = areaOf(box, pixels);
  let [sum, squares, count] = [0, 0, 0];
  for (let y = Math.max(1, top); y < Math.min(pixels.height - 1, bottom); y++) {
    for (let x = Math.max(1, left); x < Math.min(width - 1, right); x++) {
      const at = y * width + x;
      const value = around(luma, at, width) - 4 * (luma[at] ?? 0);
      sum += value;
      squares += value * value;
      count++;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}

function around(luma: Float32Array, at: number, width: number): number {
  return (luma[at - 1] ?? 0) + (luma[at + 1] ?? 0) + (luma[at - width] ?? 0) + (luma[at + width] ?? 0);
}

function lumaOf({ data, width, height }: Pixels): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = RED * (data[4 * i] ?? 0) + GREEN * (data[4 * i + 1] ?? 0) + BLUE * (data[4 * i + 2] ?? 0);
  }
  return luma;
}

function areaOf({ x, y, width, height }: FaceBox, picture: Pixels): Area {
  const clamp = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  return {
    left: clamp(x * picture.width, picture.width),
    top: clamp(y * picture.height, picture.height),
    right: clamp((x + width) * picture.width, picture.width),
    bottom: clamp((y + height) * picture.height, picture.height),
  };
}

function sumOf(luma: Float32Array, { width }: Pixels, area: Area): { readonly sum: number; readonly count: number } {
  let sum = 0;
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) sum += luma[y * width + x] ?? 0;
  }
  return { sum, count: (area.bottom - area.top) * (area.right - area.left) };
}
