/** What is wrong with how somebody stands before the camera, one thing at a time: the one that the others depend on comes first. */
import type { FaceBox, FaceSeen, Light, Sight } from './sight.ts';

export type Advice =
  | 'no-face'
  | 'many-faces'
  | 'too-dark'
  | 'backlit'
  | 'too-far'
  | 'too-near'
  | 'off-center'
  | 'not-facing'
  | 'eyes-closed';

/** Parts of the picture, which is what the person sees; the oval takes 0.8 of it. */
const LEAST_HEIGHT = 0.34;
const MOST_HEIGHT = 0.78;
const OFF_X = 0.14;
const OFF_Y = 0.16;
/** Radians, about 17°. */
const OFF_ANGLE = 0.3;
/** Narrow eyes are open at 0.15; a shut lid reads 0.1 and less. */
const LEAST_OPENNESS = 0.11;
/** Low enough for dark skin in good light. */
const LEAST_FACE_LIGHT = 38;
const BACKLIGHT_FACE = 70;
const BACKLIGHT_DIFFERENCE = 100;
/** Who has been told that it is good may move a little: otherwise the words flicker at each limit. */
const SLACK = 1.25;

/** @returns nothing when the face is as it should be. */
export function adviceFor({ faces, light }: Pick<Sight, 'faces' | 'light'>, wasGood = false): Advice | undefined {
  const [face, second] = faces;
  if (!face) return 'no-face';
  if (second) return 'many-faces';
  const slack = wasGood ? SLACK : 1;
  return adviceOnLight(light, slack) ?? adviceOnPlace(face.box, slack) ?? adviceOnPose(face, slack);
}

function adviceOnLight({ face, around }: Light, slack: number): Advice | undefined {
  if (face < BACKLIGHT_FACE / slack && around - face > BACKLIGHT_DIFFERENCE * slack) return 'backlit';
  return face < LEAST_FACE_LIGHT / slack ? 'too-dark' : undefined;
}

function adviceOnPlace({ x, y, width, height }: FaceBox, slack: number): Advice | undefined {
  if (height < LEAST_HEIGHT / slack) return 'too-far';
  if (height > MOST_HEIGHT * slack) return 'too-near';
  const isOff = Math.abs(x + width / 2 - 0.5) > OFF_X * slack || Math.abs(y + height / 2 - 0.5) > OFF_Y * slack;
  return isOff ? 'off-center' : undefined;
}

function adviceOnPose({ yaw, pitch, roll, openness }: FaceSeen, slack: number): Advice | undefined {
  if ([yaw, pitch, roll].some((angle) => Math.abs(angle) > OFF_ANGLE * slack)) return 'not-facing';
  // Without slack: what is learned while the face is good is how far these eyes open.
  return openness < LEAST_OPENNESS ? 'eyes-closed' : undefined;
}
