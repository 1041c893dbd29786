import { describe, expect, it } from 'vitest';
import { type Advice, adviceFor } from './guidance.ts';
import type { Sight } from './sight.ts';
import { FACE, faceWith, sightOf } from './testing/sights.ts';

const boxAt = (x: number, y: number, width: number, height: number) => faceWith({ box: { x, y, width, height } });
const lit = (face: number, around: number): Sight => sightOf(0, [FACE], { light: { face, around } });
const seeing = (...faces: Sight['faces'][number][]): Sight => sightOf(0, faces);

const TABLE: readonly (readonly [string, Sight, Advice | undefined])[] = [
  ['a face as it should be', seeing(FACE), undefined],
  ['nobody', seeing(), 'no-face'],
  ['two people, before anything else', sightOf(0, [FACE, FACE], { light: { face: 5, around: 5 } }), 'many-faces'],
  ['a dark room', lit(20, 25), 'too-dark'],
  ['a window behind', lit(50, 200), 'backlit'],
  ['dark skin in good light', lit(62, 130), undefined],
  ['a face far away', seeing(boxAt(0.4, 0.4, 0.2, 0.2)), 'too-far'],
  ['a face that fills the picture', seeing(boxAt(0.05, 0.05, 0.9, 0.9)), 'too-near'],
  ['a face at the left edge', seeing(boxAt(0, 0.25, 0.5, 0.5)), 'off-center'],
  ['a face at the upper edge', seeing(boxAt(0.25, 0, 0.5, 0.5)), 'off-center'],
  ['a head that is turned', seeing(faceWith({ yaw: -0.4 })), 'not-facing'],
  ['a head that is bowed', seeing(faceWith({ pitch: 0.4 })), 'not-facing'],
  ['a head on one side', seeing(faceWith({ roll: 0.4 })), 'not-facing'],
  ['shut eyes', seeing(faceWith({ openness: 0.05 })), 'eyes-closed'],
  ['narrow eyes that are open', seeing(faceWith({ openness: 0.15 })), undefined],
  ['the far before the turned', seeing({ ...boxAt(0.4, 0.4, 0.2, 0.2), yaw: 1 }), 'too-far'],
];

describe('guidance', () => {
  it.each(TABLE)('on %s gives one piece of advice or none', (_, sight, advice) => {
    expect(adviceFor(sight)).toBe(advice);
  });

  it('is milder with somebody who stood well a moment ago', () => {
    const nearlyOff = seeing(faceWith({ yaw: 0.35 }));

    expect([adviceFor(nearlyOff, false), adviceFor(nearlyOff, true)]).toEqual(['not-facing', undefined]);
  });
});
