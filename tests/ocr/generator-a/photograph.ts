/** What a phone makes of a card: a table under it, a slant, a turn, poor light, noise, blur, a lossy file. */
import sharp from 'sharp';
import type { Random } from '../random.ts';

export interface Conditions {
  /** Degrees clockwise. */
  readonly turn: number;
  /** How much smaller the far side is, 0 to 0.15. */
  readonly perspective: number;
  /** 1 is good light. */
  readonly light: number;
  readonly noise: number;
  readonly blur: number;
  readonly quality: number;
  /** Width of the card in the picture, pixels. */
  readonly size: number;
}

export function anyConditions(random: Random): Conditions {
  const skew = random.chance(0.5) ? random.between(-8, 8) : random.between(-1, 1);
  return {
    turn: random.pick([0, 0, 0, 0, 90, 180, 270]) + skew,
    perspective: random.chance(0.5) ? random.between(0, 0.12) : 0,
    light: random.chance(0.3) ? random.between(0.3, 0.7) : random.between(0.85, 1),
    noise: random.chance(0.5) ? random.between(0, 14) : 2,
    blur: random.chance(0.35) ? random.between(0.4, 1.1) : 0,
    quality: random.integer(55, 92),
    size: random.integer(760, 1500),
  };
}

export async function photograph(svg: string, conditions: Conditions, random: Random): Promise<Buffer> {
  const { size, turn, quality, blur } = conditions;
  const card = await sharp(Buffer.from(svg))
    .resize({ width: size })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const slanted = slant(card.data, card.info, conditions.perspective * (random.chance(0.5) ? 1 : -1));
  const raw = { width: card.info.width, height: card.info.height, channels: 4 } as const;
  const turned = await sharp(slanted, { raw })
    .rotate(turn, { background: '#00000000' })
    .png()
    .toBuffer({ resolveWithObject: true });

  const margin = Math.round(size * random.between(0.03, 0.2));
  const table = {
    width: turned.info.width + 2 * margin,
    height: turned.info.height + 2 * margin,
    channels: 3,
    background: random.pick(['#8a8178', '#d8d4cc', '#3c3a38', '#a9794f', '#f2f2f2']),
  } as const;
  let scene = sharp({ create: table }).composite([{ input: turned.data, left: margin, top: margin }]);
  if (blur > 0) scene = sharp(await scene.png().toBuffer()).blur(blur);
  const { data, info } = await scene.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  shade(data, info, conditions, random);
  return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The upper (or, negative, the lower) edge is farther away: a projective map that keeps the canvas. */
function slant(data: Buffer, { width, height }: Size, strength: number): Buffer {
  if (strength === 0) return data;
  const out = Buffer.alloc(data.length);
  const far = Math.abs(strength);
  for (let y = 0; y < height; y += 1) {
    const t = strength > 0 ? y / height : 1 - y / height;
    const share = 1 - far * (1 - t);
    // Foreshortening: equal steps on the card come closer towards the far edge.
    const depth = (t * (1 - far * (1 - t))) / (1 - far * (1 - t) * t || 1);
    const source = Math.min(height - 1, Math.round((strength > 0 ? depth : 1 - depth) * height));
    for (let x = 0; x < width; x += 1) {
      const from = Math.round(width / 2 + (x - width / 2) / share);
      if (from >= 0 && from < width)
        data.copy(out, (y * width + x) * 4, (source * width + from) * 4, (source * width + from) * 4 + 4);
    }
  }
  return out;
}

/** Light that falls off to one side, and the grain of a small sensor. */
function shade(data: Buffer, { width, height }: Size, { light, noise }: Conditions, random: Random): void {
  const fall = random.between(0, 0.3);
  const [dx, dy] = [random.between(-1, 1), random.between(-1, 1)];
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5];
    const factor = light * (1 - fall * (0.5 + x * dx + y * dy));
    const grain = (random.next() + random.next() + random.next() - 1.5) * 2 * noise;
    for (let c = 0; c < 3; c += 1)
      data[3 * i + c] = Math.min(255, Math.max(0, (data[3 * i + c] ?? 0) * factor + grain));
  }
}
