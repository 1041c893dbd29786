/**
 * Films for the browser's fake camera. The face is drawn here: it is nobody's, and yet has the light and shade by which the engine of
 * the face page finds faces and their parts.
 */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

export interface DrawnFace {
  /** Radians; positive to the person's own left, which is the picture's right. */
  readonly yaw: number;
  /** 1: open, 0: shut. */
  readonly open: number;
  /** Of the head against its usual size. */
  readonly size: number;
}

const STRAIGHT: DrawnFace = { yaw: 0, open: 1, size: 1 };
const [WIDTH, HEIGHT] = [640, 480];
/** What Chromium plays an MJPEG file at. */
const PICTURES_PER_SECOND = 30;
/** Half axes of the head. */
const [RX, RY] = [88, 122];

/** A scene: how the face is at its end, and how long it takes to get there. */
export type Scene = readonly [Partial<DrawnFace> | 'nobody' | 'two people', number];

/** Played again and again: looks, blinks, turns to the left and to the right. */
export const ALL_MOVEMENTS: readonly Scene[] = [
  ...[[{}, 2_500] as const, [{ open: 0 }, 100] as const, [{ open: 0 }, 900] as const, [{}, 100] as const],
  ...[[{}, 1_500] as const, [{ yaw: 0.75 }, 600] as const, [{ yaw: 0.75 }, 800] as const, [{}, 600] as const],
  ...[[{}, 1_500] as const, [{ yaw: -0.75 }, 600] as const, [{ yaw: -0.75 }, 800] as const, [{}, 600] as const],
];

export function drawnPicture(change: Partial<DrawnFace>): Promise<Buffer> {
  return sharp(Buffer.from(picture(drawFace({ ...STRAIGHT, ...change }))))
    .jpeg({ quality: 90 })
    .toBuffer();
}

export async function writeFilm(path: string, scenes: readonly Scene[]): Promise<void> {
  const drawn = new Map<string, Promise<Buffer>>();
  const pictures = picturesOf(scenes).map((svg) => {
    const known = drawn.get(svg) ?? sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
    drawn.set(svg, known);
    return known;
  });
  await writeFile(path, Buffer.concat(await Promise.all(pictures)));
}

function picturesOf(scenes: readonly Scene[]): readonly string[] {
  let before = STRAIGHT;
  return scenes.flatMap(([change, lastsMs]) => {
    const count = Math.round((lastsMs * PICTURES_PER_SECOND) / 1_000);
    if (typeof change === 'string') return Array.from({ length: count }, () => picture(CROWDS[change]()));
    const after = { ...STRAIGHT, ...change };
    const from = before;
    before = after;
    return Array.from({ length: count }, (_, i) => picture(drawFace(between(from, after, (i + 1) / count))));
  });
}

const CROWDS = {
  nobody: () => '',
  'two people': () => {
    const small = drawFace({ ...STRAIGHT, size: 0.62 });
    return [-82, 82].map((x) => `<g transform="translate(${x} 0)">${small}</g>`).join('');
  },
} as const;

function between(a: DrawnFace, b: DrawnFace, part: number): DrawnFace {
  const mix = (from: number, to: number) => Number((from + (to - from) * part).toFixed(3));
  return { yaw: mix(a.yaw, b.yaw), open: mix(a.open, b.open), size: mix(a.size, b.size) };
}

function picture(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
  <defs>
    <linearGradient id="wall"><stop stop-color="#dfe7ee"/><stop offset="1" stop-color="#93a3b3"/></linearGradient>
    <radialGradient id="skin" cx="45%" cy="42%" r="65%">
      <stop stop-color="#f3cfb3"/><stop offset=".7" stop-color="#e0b08c"/><stop offset="1" stop-color="#b07c5a"/>
    </radialGradient>
    <filter id="soft"><feGaussianBlur stdDeviation="5"/></filter>
    <filter id="softer"><feGaussianBlur stdDeviation="1.2"/></filter>
  </defs>
  <rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>${content}</svg>`;
}

function drawFace({ yaw, open, size }: DrawnFace): string {
  const at = (longitude: number, latitude: number, radius = 1): readonly [number, number] => [
    RX * radius * Math.sin(longitude + yaw) * Math.cos(latitude),
    RY * radius * Math.sin(latitude),
  ];
  const narrow = (longitude: number) => Math.max(0.15, Math.cos(longitude + yaw));
  const parts = [
    shoulders(),
    `<ellipse cx="${-8 * yaw}" cy="-22" rx="${RX + 14}" ry="${RY + 8}" fill="#2b211d"/>`,
    `<path d="${headOutline(yaw)}" fill="url(#skin)"/>`,
    hairline(at),
    ...[-1, 1].map((side) => cheek(at(0.75 * side, 0.28))),
    ...[-1, 1].map((side) => eye(at(0.42 * side, -0.12), narrow(0.42 * side), open)),
    ...[-1, 1].map((side) => brow(at(0.44 * side, -0.31), narrow(0.44 * side), side)),
    nose(at, yaw),
    mouth(at(0, 0.52), narrow(0)),
  ];
  return `<g transform="translate(${WIDTH / 2} ${HEIGHT / 2 - 5}) scale(${size})">${parts.join('')}</g>`;
}

function shoulders(): string {
  return `<path d="M-60 ${RY - 30}v70q0 20-120 40v200h360v-200q-120-20-120-40v-70z" fill="#3d4f66"/>
    <path d="M-42 ${RY - 45}v75q42 34 84 0v-75z" fill="#c08e6b"/>
    <path d="M-42 ${RY - 30}q42 48 84 0v24q-42 40-84 0z" fill="#8f6245" opacity=".55" filter="url(#softer)"/>`;
}

function headOutline(yaw: number): string {
  const chin = 26 * Math.sin(yaw);
  return `M${-RX} -20C${-RX} ${-RY * 1.05} ${RX} ${-RY * 1.05} ${RX} -20
    C${RX} 45 ${42 + chin} ${RY} ${chin} ${RY}C${-42 + chin} ${RY} ${-RX} 45 ${-RX} -20Z`;
}

type At = (longitude: number, latitude: number, radius?: number) => readonly [number, number];

function hairline(at: At): string {
  const [x] = at(0, -0.9);
  return `<path d="M${-RX - 6} -10C${-RX} -${RY} ${RX} -${RY} ${RX + 6} -10
    C${RX - 6} -60 ${x + 50} -${RY * 0.62} ${x} -${RY * 0.62}C${x - 50} -${RY * 0.62} ${-RX + 6} -60 ${-RX - 6} -10Z" fill="#2b211d"/>`;
}

function cheek([x, y]: readonly [number, number]): string {
  return `<ellipse cx="${x}" cy="${y}" rx="20" ry="26" fill="#d98d70" opacity=".35" filter="url(#soft)"/>`;
}

function eye([x, y]: readonly [number, number], narrow: number, open: number): string {
  const [w, h] = [21 * narrow, 10.5 * open];
  const lids = `M${x - w} ${y}Q${x} ${y - 2 * h} ${x + w} ${y}Q${x} ${y + 1.3 * h} ${x - w} ${y}Z`;
  const socket = `<ellipse cx="${x}" cy="${y - 6}" rx="${w + 7}" ry="17" fill="#a06a4a" opacity=".38" filter="url(#soft)"/>`;
  const id = `eye${Math.round(x)}`;
  const ball = `<clipPath id="${id}"><path d="${lids}"/></clipPath><g clip-path="url(#${id})">
    <path d="${lids}" fill="#f4efe9"/><circle cx="${x}" cy="${y - 1}" r="9.5" fill="#4a2f1d"/><circle cx="${x}" cy="${y - 1}" r="4.6"/>
    <circle cx="${x + 3}" cy="${y - 4}" r="2" fill="#fff"/></g>`;
  const lash = `<path d="M${x - w - 2} ${y + 1}Q${x} ${y - 2 * h + 6 * (1 - open)} ${x + w + 2} ${y + 1}" fill="none" stroke="#1f1512" stroke-width="3.4"/>`;
  const fold = `<path d="M${x - w} ${y - 6}Q${x} ${y - 2 * h - 8} ${x + w} ${y - 6}" fill="none" stroke="#8a5b41" stroke-width="1.6" opacity=".7"/>`;
  return socket + (open > 0.08 ? ball : '') + lash + fold;
}

function brow([x, y]: readonly [number, number], narrow: number, side: number): string {
  const w = 25 * narrow;
  const tilt = 3 * side;
  return `<path d="M${x - w} ${y + 4 + tilt}Q${x} ${y - 8} ${x + w} ${y + 4 - tilt}" fill="none" stroke="#32241d" stroke-width="7" stroke-linecap="round" filter="url(#softer)"/>`;
}

function nose(at: At, yaw: number): string {
  const [bx, by] = at(0, -0.14, 1.02);
  const [tx, ty] = at(0, 0.24, 1.22);
  const shade = yaw > 0 ? -1 : 1;
  return `<path d="M${bx} ${by}Q${(bx + tx) / 2 + 9 * shade} ${(by + ty) / 2} ${tx + 13 * shade} ${ty - 2}" fill="none" stroke="#a8714f" stroke-width="6" opacity=".55" filter="url(#softer)"/>
    <ellipse cx="${tx}" cy="${ty - 4}" rx="14" ry="11" fill="#f2c8a8" opacity=".8" filter="url(#softer)"/>
    <path d="M${tx - 17} ${ty - 2}q-4 9 6 9q11 5 22 0q10 0 6-9" fill="none" stroke="#8f5a3d" stroke-width="2.6"/>
    <ellipse cx="${tx - 7}" cy="${ty + 4}" rx="4.4" ry="2.4" fill="#5e3524"/><ellipse cx="${tx + 7}" cy="${ty + 4}" rx="4.4" ry="2.4" fill="#5e3524"/>`;
}

function mouth([x, y]: readonly [number, number], narrow: number): string {
  const w = 30 * narrow;
  return `<path d="M${x - w} ${y}Q${x - w / 2} ${y - 10} ${x} ${y - 6}Q${x + w / 2} ${y - 10} ${x + w} ${y}Q${x} ${y + 18} ${x - w} ${y}Z" fill="#b9574f"/>
    <path d="M${x - w} ${y}Q${x} ${y + 4} ${x + w} ${y}" fill="none" stroke="#7c302c" stroke-width="2.4"/>
    <ellipse cx="${x}" cy="${y + 22}" rx="${w * 0.8}" ry="5" fill="#9c6a4b" opacity=".35" filter="url(#softer)"/>`;
}
