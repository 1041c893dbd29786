/** Text as SVG paths, so that the picture depends on no font of the machine. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';

const FACES = {
  sans: 'noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  'sans-medium': 'noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf',
  'sans-bold': 'noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
  serif: 'noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  'serif-bold': 'noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
} as const;

export type Face = keyof typeof FACES;

const require = createRequire(import.meta.url);
const opened = new Map<Face, opentype.Font>();

function open(face: Face): opentype.Font {
  const known = opened.get(face);
  if (known) return known;
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/${FACES[face]}`));
  const font = opentype.parse(new Uint8Array(bytes).buffer, { lowMemory: true });
  opened.set(face, font);
  return font;
}

export interface Style {
  readonly face?: Face;
  readonly size: number;
  readonly color?: string;
  /** Extra room between characters, in sizes. */
  readonly spacing?: number;
}

/** A text whose baseline begins at `x`, `y`. */
export function lettering(text: string, x: number, y: number, style: Style): string {
  const { face = 'sans', size, color = '#1c1c1c', spacing = 0 } = style;
  const font = open(face);
  let cursor = x;
  const paths = [...text].map((character) => {
    const glyph = font.charToGlyph(character);
    const path = pathData(glyph.getPath(cursor, y, size).commands);
    cursor += ((glyph.advanceWidth ?? font.unitsPerEm) / font.unitsPerEm + spacing) * size;
    return path;
  });
  return `<path fill="${color}" d="${paths.join('')}"/>`;
}

/** The library's own writer answers NaN for coordinates a hair above a whole number. */
function pathData(commands: readonly opentype.PathCommand[]): string {
  return commands
    .map((command) => {
      const { type, ...coordinates } = command;
      const { x1, y1, x2, y2, x, y } = coordinates as Record<string, number | undefined>;
      return (
        type + [x1, y1, x2, y2, x, y].flatMap((value) => (value === undefined ? [] : [value.toFixed(2)])).join(' ')
      );
    })
    .join('');
}

export function wrap(text: string, perLine: number): string[] {
  const characters = [...text];
  return Array.from({ length: Math.ceil(characters.length / perLine) }, (_, i) =>
    characters.slice(i * perLine, (i + 1) * perLine).join(''),
  );
}
