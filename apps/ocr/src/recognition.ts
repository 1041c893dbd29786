/** What a line of text says: PP-OCRv4's recognizer, read by connectionist temporal classification (greedy). */
import * as ort from 'onnxruntime-node';
import { type Box, rotate } from './geometry.ts';
import type { ReadCharacter } from './reading.ts';
import { cutOut, type RgbImage } from './rgb-image.ts';

const LINE_HEIGHT = 48;
const MIN_LINE_WIDTH = 96;
const MAX_LINE_WIDTH = 2_400;
/** Second thoughts of the model that a checksum may choose from. */
const MOST_CHOICES = 6;
const LEAST_CHOICE = 0.000_5;

export interface RecognizedLine {
  readonly text: string;
  /** Mean probability of the characters; 0 for an empty line. */
  readonly score: number;
  readonly characters: readonly ReadCharacter[];
}

export interface Recognizer {
  /** `upsideDown` reads from the other end. */
  recognize(image: RgbImage, box: Box, upsideDown?: boolean): Promise<RecognizedLine>;
}

/** `alphabet` holds the model's characters in the order of its classes, without the blank. */
export function createRecognizer(session: ort.InferenceSession, alphabet: readonly string[]): Recognizer {
  return {
    recognize: async (image, box, upsideDown = false) => {
      const line = cutLine(image, box, upsideDown);
      const width = Math.max(MIN_LINE_WIDTH, line.width);
      const input = new ort.Tensor('float32', normalize(line, width), [1, 3, line.height, width]);
      const output = await session.run({ [session.inputNames[0] ?? '']: input });
      const scores = output[session.outputNames[0] ?? ''];
      const [, steps = 0, classes = 0] = scores?.dims ?? [];
      const shown = (steps * line.width) / width;
      return decode({ scores: scores?.data as Float32Array, steps, classes, shown }, alphabet);
    },
  };
}

function cutLine(image: RgbImage, box: Box, upsideDown: boolean): RgbImage {
  const wanted = Math.round((LINE_HEIGHT * box.width) / Math.max(1, box.height));
  const width = Math.min(MAX_LINE_WIDTH, Math.max(1, wanted));
  const angle = upsideDown ? box.angle + Math.PI : box.angle;
  const corner = rotate({ x: -box.width / 2, y: -box.height / 2 }, angle);
  const frame = {
    origin: { x: box.center.x + corner.x, y: box.center.y + corner.y },
    right: rotate({ x: box.width / width, y: 0 }, angle),
    down: rotate({ x: 0, y: box.height / LINE_HEIGHT }, angle),
  };
  return cutOut(image, frame, width, LINE_HEIGHT);
}

/** A line narrower than the tensor is followed by mid-gray, as in the model's training. */
function normalize({ data, width, height }: RgbImage, tensorWidth: number): Float32Array {
  const values = new Float32Array(tensorWidth * height * 3);
  for (let channel = 0; channel < 3; channel += 1) {
    for (let i = 0; i < width * height; i += 1) {
      const [x, y] = [i % width, Math.floor(i / width)];
      values[(channel * height + y) * tensorWidth + x] = (data[3 * i + 2 - channel] ?? 0) / 127.5 - 1;
    }
  }
  return values;
}

interface ClassScores {
  readonly scores: Float32Array;
  readonly steps: number;
  readonly classes: number;
  /** Steps that show the line itself; the padding follows. */
  readonly shown: number;
}

const BLANK = 0;

export function decode(output: ClassScores, alphabet: readonly string[]): RecognizedLine {
  const characters: ReadCharacter[] = [];
  let previous = BLANK;
  let best = 0;
  for (let step = 0; step < output.steps; step += 1) {
    const { index, probability } = strongest(output, step);
    if (index === BLANK) previous = BLANK;
    if (index === BLANK || (index === previous && probability <= best)) continue;
    // The surest step of a run of the same character tells its place and its rivals.
    if (index === previous) characters.pop();
    best = probability;
    previous = index;
    characters.push({
      ...{ text: alphabet[index - 1] ?? '', score: probability, position: Math.min(1, (step + 0.5) / output.shown) },
      choices: rivals(output, step, index, alphabet),
    });
  }
  const sum = characters.reduce((total, { score }) => total + score, 0);
  return {
    text: characters.map(({ text }) => text).join(''),
    score: characters.length > 0 ? sum / characters.length : 0,
    characters,
  };
}

function strongest({ scores, classes }: ClassScores, step: number): { index: number; probability: number } {
  let [index, probability] = [0, -1];
  for (let i = 0; i < classes; i += 1) {
    const score = scores[step * classes + i] ?? 0;
    if (score > probability) [index, probability] = [i, score];
  }
  return { index, probability };
}

function rivals({ scores, classes }: ClassScores, step: number, but: number, alphabet: readonly string[]) {
  const found: { text: string; score: number }[] = [];
  for (let i = 1; i < classes; i += 1) {
    const score = scores[step * classes + i] ?? 0;
    if (i !== but && score >= LEAST_CHOICE) found.push({ text: alphabet[i - 1] ?? '', score });
  }
  return found.toSorted((a, b) => b.score - a.score).slice(0, MOST_CHOICES);
}
