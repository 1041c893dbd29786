/** From the 468 points of a face mesh (MediaPipe's numbering) to what guidance and movements are judged by. */
import type { FaceBox, FaceSeen } from '../sight.ts';

/** Pixels from the upper left, z towards the back; not mirrored. */
export type MeshPoint = readonly [number, number, (number | undefined)?];

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const FOREHEAD = 10;
const CHIN = 152;
/** The person's own right and left. */
const RIGHT_EDGE = 234;
const LEFT_EDGE = 454;
/** Outer corner, two points of the upper lid, inner corner, two of the lower lid below those. */
const RIGHT_EYE = [33, 160, 158, 133, 153, 144];
const LEFT_EYE = [263, 387, 385, 362, 380, 373];
const MESH_POINTS = 468;

/** @returns nothing for a mesh that is none. */
export function measureFace(mesh: readonly MeshPoint[], size: PictureSize): FaceSeen | undefined {
  if (mesh.length < MESH_POINTS) return undefined;
  const at = (index: number): Point => toPoint(mesh[index]);
  const [top, bottom, right, left] = [at(FOREHEAD), at(CHIN), at(RIGHT_EDGE), at(LEFT_EDGE)];
  return {
    box: boxOf(mesh, size),
    yaw: Math.atan2(left.z - right.z, distance(left, right)),
    pitch: Math.atan2(bottom.z - top.z, distance(top, bottom)),
    roll: Math.atan2(left.y - right.y, left.x - right.x),
    openness: (openness(RIGHT_EYE.map(at)) + openness(LEFT_EYE.map(at))) / 2,
  };
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function toPoint([x, y, z = 0]: MeshPoint = [0, 0, 0]): Point {
  return { x, y, z };
}

function boxOf(mesh: readonly MeshPoint[], { width, height }: PictureSize): FaceBox {
  const xs = mesh.map(([x]) => x / width);
  const ys = mesh.map(([, y]) => y / height);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** Soukupová and Čech 2016, the eye aspect ratio. */
function openness([outer, upper1, upper2, inner, lower2, lower1]: readonly Point[]): number {
  if (!outer || !upper1 || !upper2 || !inner || !lower2 || !lower1) return 0;
  const width = distance(outer, inner);
  return width === 0 ? 0 : (distance(upper1, lower1) + distance(upper2, lower2)) / (2 * width);
}

/** In the picture's plane. */
function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
