/** Plane geometry of text boxes. Pixels, y downwards, angles in radians from the x axis towards the y axis. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle that may stand at any angle; `width` lies along `angle`. */
export interface Box {
  readonly center: Point;
  readonly width: number;
  readonly height: number;
  /** From -π/4 (excluded) to 3π/4: a line of text lies along it, read in this direction or the opposite one. */
  readonly angle: number;
}

/** Andrew's monotone chain. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2), chain.at(-1), point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

function turn(a: Point | undefined, b: Point | undefined, c: Point): number {
  if (!a || !b) return 0;
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/** The smallest rectangle around a hull: one of its sides lies on a side of the hull. */
export function smallestBox(hull: readonly Point[]): Box | undefined {
  let best: Box | undefined;
  for (const [i, from] of hull.entries()) {
    const to = hull[(i + 1) % hull.length] ?? from;
    const box = boxAlong(hull, Math.atan2(to.y - from.y, to.x - from.x));
    if (!best || box.width * box.height < best.width * best.height) best = box;
  }
  return best && lengthwise(best);
}

function boxAlong(points: readonly Point[], angle: number): Box {
  const turned = points.map((point) => rotate(point, -angle));
  const [left, right] = [Math.min(...turned.map(({ x }) => x)), Math.max(...turned.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...turned.map(({ y }) => y)), Math.max(...turned.map(({ y }) => y))];
  const center = rotate({ x: (left + right) / 2, y: (top + bottom) / 2 }, angle);
  return { center, width: right - left, height: bottom - top, angle };
}

/** Names the long side the width. */
function lengthwise(box: Box): Box {
  const isUpright = box.height > box.width;
  const [width, height] = isUpright ? [box.height, box.width] : [box.width, box.height];
  const angle = box.angle + (isUpright ? Math.PI / 2 : 0);
  // A short box says nothing about its direction, and most text lies flat.
  const isShort = width < 1.4 * height;
  return isShort ? flattest({ ...box, width, height, angle }) : { ...box, width, height, angle: halfTurn(angle) };
}

function flattest(box: Box): Box {
  const angle = halfTurn(box.angle);
  const isSteep = angle > Math.PI / 4;
  return isSteep
    ? { center: box.center, width: box.height, height: box.width, angle: angle - Math.PI / 2 }
    : { ...box, angle };
}

/** The same direction or the opposite one, from -π/4 to 3π/4. */
export function halfTurn(angle: number): number {
  const turned = (angle + Math.PI / 4) % Math.PI;
  return (turned < 0 ? turned + Math.PI : turned) - Math.PI / 4;
}

export function rotate({ x, y }: Point, angle: number): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return { x: x * cos - y * sin, y: x * sin + y * cos };
}

/** Clockwise from where the text begins. */
export function corners({ center, width, height, angle }: Box): [Point, Point, Point, Point] {
  const at = (dx: number, dy: number): Point => {
    const { x, y } = rotate({ x: dx * width, y: dy * height }, angle);
    return { x: center.x + x, y: center.y + y };
  };
  return [at(-0.5, -0.5), at(0.5, -0.5), at(0.5, 0.5), at(-0.5, 0.5)];
}

/** The direction that most of the text has; 0 when there is none. Long boxes count more, and short ones not at all. */
export function commonAngle(boxes: readonly Box[]): number {
  const long = boxes.filter(({ width, height }) => width > 2 * height);
  const first = weightedAngle(long, () => true);
  // What stands crosswise (a shadow, a pattern) would pull the mean.
  return weightedAngle(long, ({ angle }) => Math.abs(axisDifference(angle, first)) < Math.PI / 12) ?? first;
}

function weightedAngle(boxes: readonly Box[], counts: (box: Box) => boolean): number {
  let [x, y] = [0, 0];
  for (const box of boxes.filter(counts)) {
    // Doubled, a direction and its opposite are the same.
    x += Math.cos(2 * box.angle) * box.width;
    y += Math.sin(2 * box.angle) * box.width;
  }
  return halfTurn(Math.atan2(y, x) / 2);
}

/** Of two axes, from -π/2 to π/2. */
export function axisDifference(a: number, b: number): number {
  const difference = (a - b) % Math.PI;
  if (difference > Math.PI / 2) return difference - Math.PI;
  return difference < -Math.PI / 2 ? difference + Math.PI : difference;
}
