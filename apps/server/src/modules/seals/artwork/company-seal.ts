/** An organization's round seals: official seal (公章, 42 mm) and contract seal (合同专用章, 40 mm) after the public conventions. */
import type { PathSegment } from '@signet/pdf';
import { circle, finishArtwork, type Letter, letter, type SealArtwork } from './artwork.ts';
import { type Box, heightOf, mapOutline, placement, widthOf } from './outlines.ts';

export interface CompanySealOptions {
  /** The seal's registration code, on the lower arc. */
  readonly code?: string;
  /** Words under the star, e.g. 合同专用章; makes it the 40 mm variant. */
  readonly centerText?: string;
}

interface SealForm {
  readonly radius: number;
  readonly ring: number;
  readonly starRadius: number;
  readonly starY: number;
}

const OFFICIAL: SealForm = { radius: 21, ring: 1.2, starRadius: 7, starY: 0 };
const WITH_WORDS: SealForm = { radius: 20, ring: 1.1, starRadius: 6, starY: 1.6 };

/** Clear ground between the ring and the characters, in millimetres. */
const RING_GAP = 0.95;

export function drawCompanySeal(name: string, options: CompanySealOptions = {}): SealArtwork {
  const form = options.centerText ? WITH_WORDS : OFFICIAL;
  const upper = letter(name);
  const lower = letter(options.code ?? '');
  const words = letter(options.centerText ?? '');

  const code = codeArc(lower.letters, form);
  const arc = nameArc(upper.letters, form, Math.PI - code.halfAngle);
  const centre = centreWords(words.letters, form, arc.innerRadius);
  const toPaper = (outline: readonly PathSegment[]): PathSegment[] =>
    mapOutline(outline, [1, 0, 0, 1, form.radius, form.radius]);

  const fallbacks = [upper, lower, words].map(({ fallback }) => fallback);
  return finishArtwork(
    { widthMm: 2 * form.radius, heightMm: 2 * form.radius },
    {
      ring: toPaper([...circle(form.radius), ...circle(form.radius - form.ring)]),
      inked: [star(form), ...arc.inked, ...code.inked, ...centre].map(toPaper),
    },
    fallbacks.find((fallback) => fallback === 'typed') ?? fallbacks.find((fallback) => fallback !== undefined),
  );
}

/** The name ends at the latest here, measured from the top, so that the seal keeps an open foot. */
const MOST_HALF_ANGLE = (138 * Math.PI) / 180;
const FOOT_GAP = (11 * Math.PI) / 180;
/** The share of its slot that a character's ink may take at the narrow, inner side. */
const INK_SHARE = 0.85;
/** Below this height, in millimetres, fewer curves do. */
const SMALL = 4;
/** Seal characters are taller than wide. */
const WIDEST_FACE = 0.8;

function nameArc(
  letters: readonly Letter[],
  form: SealForm,
  free: number,
): { inked: PathSegment[][]; innerRadius: number } {
  const slots = letters.map(slotOf);
  const total = Math.max(1, sum(slots));
  const height = characterHeight(total) * (form.radius / OFFICIAL.radius);
  const outerRadius = form.radius - form.ring - RING_GAP;
  const innerRadius = outerRadius - height;
  const middle = outerRadius - height / 2;
  const most = 2 * Math.min(MOST_HALF_ANGLE, free - FOOT_GAP);
  const pitch = Math.min(most / total, (roomyPitch(total) * height) / middle);

  const common = commonBox(letters);
  const scaleY = height / heightOf(common);
  const scaleX = Math.min(
    WIDEST_FACE * scaleY,
    ...letters.map(
      ({ glyph }, i) => (INK_SHARE * (slots[i] ?? 1) * pitch * innerRadius) / Math.max(0.1, widthOf(glyph.box)),
    ),
  );

  let angle = (-total * pitch) / 2;
  const inked = letters.map(({ glyph }, i) => {
    const slot = (slots[i] ?? 1) * pitch;
    const at = angle + slot / 2;
    angle += slot;
    const box = { ...glyph.box, bottom: common.bottom, top: common.top };
    return mapOutline(
      height < SMALL ? glyph.smallOutline : glyph.outline,
      placement(box, { x: scaleX, y: scaleY }, { x: 0, y: middle }, at),
    );
  });
  return { inked, innerRadius };
}

/** Millimetres on the 42 mm seal: few characters stand tall, many stay small enough to keep their shape. */
function characterHeight(total: number): number {
  return Math.min(5.6, Math.max(2.9, 5.95 - 0.0875 * total + 0.00033 * total * total));
}

/** Distance of neighbours in character heights, where the arc has room to spare. */
function roomyPitch(total: number): number {
  return Math.max(1.12, 1.62 - 0.035 * total);
}

/** Slot width in Chinese characters: dots, brackets and Latin letters take less. */
function slotOf({ character, glyph }: Letter): number {
  if (/[·•・]/u.test(character) || /\p{Zs}/u.test(character)) {
    return 0.5;
  }
  if (/[（）()「」《》]/u.test(character)) {
    return 0.55;
  }
  return Math.min(1, Math.max(0.42, glyph.advance * 1.04));
}

const CODE_HEIGHT = 1.75;
const CODE_PITCH = 1.5;
const CODE_LONGEST = 27;

function codeArc(letters: readonly Letter[], form: SealForm): { inked: PathSegment[][]; halfAngle: number } {
  if (letters.length === 0) {
    return { inked: [], halfAngle: 0 };
  }
  const shrink = Math.min(1, CODE_LONGEST / (letters.length * CODE_PITCH));
  const common = commonBox(letters);
  const middle = form.radius - form.ring - 0.75 - CODE_HEIGHT / 2;
  const pitch = (CODE_PITCH * shrink) / middle;
  const scaleY = CODE_HEIGHT / heightOf(common);
  const widest = Math.max(...letters.map(({ glyph }) => widthOf(glyph.box)));
  const scaleX = Math.min(scaleY * 0.9, (CODE_PITCH * shrink * 0.8) / widest);

  const inked = letters.map(({ glyph }, i) => {
    const angle = (i - (letters.length - 1) / 2) * pitch;
    const box = { ...glyph.box, bottom: common.bottom, top: common.top };
    return mapOutline(glyph.smallOutline, placement(box, { x: scaleX, y: scaleY }, { x: 0, y: -middle }, -angle));
  });
  return { inked, halfAngle: (letters.length * pitch) / 2 };
}

const WORDS_TALLEST = 3.7;
const WORDS_TOP_GAP = 1.2;

/** As large as fits between the star and the circle on which the name stands. */
function centreWords(letters: readonly Letter[], form: SealForm, innerRadius: number): PathSegment[][] {
  if (letters.length === 0) {
    return [];
  }
  const common = commonBox(letters);
  const advance = sum(letters.map(({ glyph }) => glyph.advance));
  const top = form.starY - form.starRadius * Math.cos(Math.PI / 5) - WORDS_TOP_GAP;
  let height = WORDS_TALLEST;
  const widthAt = (h: number): number => (advance * h * 0.92) / heightOf(common);
  while (height > 1 && Math.hypot(widthAt(height) / 2, top - height) > innerRadius - 0.5) {
    height -= 0.05;
  }

  const scale = { x: (height * 0.88) / heightOf(common), y: height / heightOf(common) };
  let x = -widthAt(height) / 2;
  return letters.map(({ glyph }) => {
    const width = (glyph.advance * height * 0.92) / heightOf(common);
    const middle = { x: x + width / 2, y: top - height / 2 };
    x += width;
    return mapOutline(
      glyph.smallOutline,
      placement({ ...glyph.box, bottom: common.bottom, top: common.top }, scale, middle),
    );
  });
}

/** A five-point star, one point up. */
function star({ starRadius, starY }: SealForm): PathSegment[] {
  const inner = starRadius * 0.382;
  const corners = Array.from({ length: 10 }, (_, i): PathSegment => {
    const radius = i % 2 === 0 ? starRadius : inner;
    const angle = (i * Math.PI) / 5;
    return [i === 0 ? 'M' : 'L', radius * Math.sin(angle), starY + radius * Math.cos(angle)];
  });
  return [...corners, ['Z']];
}

/** One box for all letters, so that they share a base line and 一 stays a stroke. */
function commonBox(letters: readonly Letter[]): Box {
  const boxes = letters.map(({ glyph }) => glyph.box);
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.min(...boxes.map((box) => box.bottom)),
    top: Math.max(...boxes.map((box) => box.top)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
