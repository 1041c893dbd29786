/** Fingers, as the browser's own debugger plays them: playwright's touchscreen only taps. */
import type { CDPSession, Locator, Page } from 'playwright-core';

type Point = readonly [x: number, y: number];

const STEPS = 12;
/** The finger rests before it lifts: after a fling, an emulated Chromium swallows the next tap. */
const REST_MS = 150;
const sessions = new WeakMap<Page, Promise<CDPSession>>();

function sessionOf(page: Page): Promise<CDPSession> {
  const known = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, known);
  return known;
}

async function dispatch(page: Page, type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Point[]) {
  const session = await sessionOf(page);
  const touchPoints = fingers.map(([x, y], id) => ({ x, y, id }));
  await session.send('Input.dispatchTouchEvent', { type, touchPoints });
}

/** One finger along a line through the points. */
export async function swipe(page: Page, points: readonly Point[]): Promise<void> {
  const [first = [0, 0]] = points;
  await dispatch(page, 'touchStart', [first]);
  for (const [i, to] of points.slice(1).entries()) {
    const from = points[i] ?? first;
    for (let step = 1; step <= STEPS; step++) {
      await dispatch(page, 'touchMove', [between(from, to, step / STEPS)]);
    }
  }
  await page.waitForTimeout(REST_MS);
  await dispatch(page, 'touchEnd', []);
}

/** Two fingers around a point, from one distance to another. */
export async function pinch(page: Page, [x, y]: Point, from: number, to: number): Promise<void> {
  const fingers = (distance: number): Point[] => [
    [x - distance / 2, y],
    [x + distance / 2, y],
  ];
  await dispatch(page, 'touchStart', fingers(from));
  for (let step = 1; step <= STEPS; step++) {
    await dispatch(page, 'touchMove', fingers(from + ((to - from) * step) / STEPS));
  }
  await dispatch(page, 'touchEnd', []);
}

export async function doubleTap(page: Page, point: Point): Promise<void> {
  for (let tap = 0; tap < 2; tap++) {
    await dispatch(page, 'touchStart', [point]);
    await dispatch(page, 'touchEnd', []);
  }
}

/** Touches the middle of an element, wherever it has been scrolled to. */
export async function touch(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to touch');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

function between([x, y]: Point, [toX, toY]: Point, part: number): Point {
  return [x + (toX - x) * part, y + (toY - y) * part];
}
