/** Sights as they come from a camera, for the rules of guidance and movement. */
import type { FaceSeen, Sight } from '../sight.ts';

/** Where it should be, looking straight, eyes open. */
export const FACE: FaceSeen = {
  box: { x: 0.25, y: 0.25, width: 0.5, height: 0.5 },
  ...{ yaw: 0, pitch: 0, roll: 0, openness: 0.3 },
};

export const faceWith = (change: Partial<FaceSeen>): FaceSeen => ({ ...FACE, ...change });

export const sightOf = (atMs: number, faces: readonly FaceSeen[] = [FACE], change: Partial<Sight> = {}): Sight => ({
  ...{ atMs, faces, light: { face: 120, around: 120 }, sharpness: 20 },
  ...change,
});

/** A film at 10 pictures a second: each face for so many milliseconds, `null` for nobody. */
export function film(fromMs: number, ...scenes: readonly (readonly [FaceSeen | null, number])[]): readonly Sight[] {
  let atMs = fromMs;
  return scenes.flatMap(([face, lastsMs]) =>
    Array.from({ length: Math.round(lastsMs / 100) }, () => {
      atMs += 100;
      return sightOf(atMs, face ? [face] : []);
    }),
  );
}
