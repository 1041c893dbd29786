/** Predictors of ISO 32000-2 §7.4.4.4: PNG (10–15) and none (1); TIFF (2) occurs in images only. */
import { PdfError } from '../errors.ts';

type Parameter = (key: string, byDefault: number) => number;

const MAX_ROW_BYTES = 1 << 20;

export function undoPredictor(data: Uint8Array, parameter: Parameter): Uint8Array {
  const predictor = parameter('Predictor', 1);
  if (predictor === 1) return data;
  if (predictor < 10 || predictor > 15) throw new PdfError('UNSUPPORTED', `predictor ${predictor}`);

  const pixelBits = parameter('Colors', 1) * parameter('BitsPerComponent', 8);
  const rowBytes = Math.ceil((pixelBits * parameter('Columns', 1)) / 8);
  if (!(pixelBits > 0 && rowBytes > 0 && rowBytes <= MAX_ROW_BYTES))
    throw new PdfError('MALFORMED', 'predictor parameters');
  return undoPng(data, rowBytes, Math.ceil(pixelBits / 8));
}

function undoPng(data: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  let above = new Uint8Array(rowBytes);
  let written = 0;
  for (let row = 0; row < rows; row++) {
    const start = row * (rowBytes + 1);
    const line = data.subarray(start + 1, start + 1 + rowBytes);
    const target = out.subarray(written, written + line.length);
    undoRow(data[start] ?? 0, line, { above, target, pixelBytes });
    written += line.length;
    above = target;
  }
  return out.subarray(0, written);
}

interface RowContext {
  readonly above: Uint8Array;
  readonly target: Uint8Array;
  readonly pixelBytes: number;
}

function undoRow(type: number, line: Uint8Array, { above, target, pixelBytes }: RowContext): void {
  if (type > 4) throw new PdfError('MALFORMED', `PNG predictor ${type}`);
  if (type === 0) {
    target.set(line);
    return;
  }
  for (let index = 0; index < line.length; index++) {
    const left = target[index - pixelBytes] ?? 0;
    const up = above[index] ?? 0;
    const upLeft = index >= pixelBytes ? (above[index - pixelBytes] ?? 0) : 0;
    target[index] = (line[index] ?? 0) + prediction(type, left, up, upLeft);
  }
}

function prediction(type: number, left: number, up: number, upLeft: number): number {
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
