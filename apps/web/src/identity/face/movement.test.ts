import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWrongWay, type Movement, nextPhase, type Phase, usualOpenness } from './movement.ts';
import type { FaceSeen } from './sight.ts';
import { faceWith } from './testing/sights.ts';

const USUAL = 0.3;
const follow = (movement: Movement, faces: readonly FaceSeen[], usual = USUAL): readonly Phase[] => {
  const phases: Phase[] = ['rest'];
  for (const face of faces) phases.push(nextPhase(phases.at(-1)!, movement, face, usual));
  return phases.slice(1);
};
const eyes = (...opennesses: number[]) => opennesses.map((openness) => faceWith({ openness }));
const heads = (...yaws: number[]) => yaws.map((yaw) => faceWith({ yaw }));

const TABLE: readonly (readonly [string, Movement, readonly FaceSeen[], Phase])[] = [
  ['eyes that stay open', 'blink', eyes(0.3, 0.28, 0.31, 0.29), 'rest'],
  ['eyes that shut and open', 'blink', eyes(0.3, 0.2, 0.1, 0.08, 0.2, 0.29), 'done'],
  ['eyes that stay shut', 'blink', eyes(0.3, 0.1, 0.08, 0.09), 'away'],
  ['a squint that is no blink', 'blink', eyes(0.3, 0.24, 0.22, 0.24, 0.3), 'rest'],
  ['lids that look shut since the head is bowed', 'blink', [faceWith({ openness: 0.1, pitch: 0.5 })], 'rest'],
  ['a head to the left and back', 'turn-left', heads(0, 0.2, 0.5, 0.6, 0.3, 0.1), 'done'],
  ['a head that stays to the left', 'turn-left', heads(0, 0.3, 0.5, 0.4), 'away'],
  ['a head that hardly turns', 'turn-left', heads(0, 0.2, 0.35, 0.2, 0), 'rest'],
  ['a head to the right instead', 'turn-left', heads(0, -0.5, -0.6, 0), 'rest'],
  ['a head to the right and back', 'turn-right', heads(0, -0.3, -0.5, -0.1), 'done'],
];

describe('a movement', () => {
  it.each(TABLE)('with %s ends where it should', (_, movement, faces, phase) => {
    expect(follow(movement, faces).at(-1)).toBe(phase);
  });

  it('of narrow eyes is judged by their own measure', () => {
    expect(follow('blink', eyes(0.15, 0.07, 0.14), 0.15).at(-1)).toBe('done');
  });

  it('is the wrong way only to the other side', () => {
    const [left, right] = heads(0.5, -0.5);

    expect([isWrongWay('turn-left', left!), isWrongWay('turn-left', right!), isWrongWay('blink', right!)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

const angle = fc.double({ min: -1.2, max: 1.2, noNaN: true });
const opening = fc.double({ min: 0, max: 0.5, noNaN: true });

describe('any film', () => {
  it('that never goes away and comes back is no turn', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1.2, max: 0.41, noNaN: true })), (yaws) => {
        expect(follow('turn-left', heads(...yaws))).not.toContain('away');
      }),
    );
  });

  it('is done only after it was away, and stays done', () => {
    fc.assert(
      fc.property(fc.array(angle, { minLength: 1 }), (yaws) => {
        const phases = follow('turn-left', heads(...yaws));
        const order = phases.map((phase) => ['rest', 'away', 'done'].indexOf(phase));
        expect(order).toEqual(order.toSorted());
        expect(phases.indexOf('done') === -1 || phases.includes('away')).toBe(true);
      }),
    );
  });

  it('in a mirror turns to the other side', () => {
    fc.assert(
      fc.property(fc.array(angle), (yaws) => {
        const mirrored = yaws.map((yaw) => -yaw);
        expect(follow('turn-right', heads(...mirrored))).toEqual(follow('turn-left', heads(...yaws)));
      }),
    );
  });

  it('of larger or smaller eyes blinks alike', () => {
    const size = fc.double({ min: 0.3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 })), size, (percents, factor) => {
        const [some, others] = [1, factor].map((by) => eyes(...percents.map((each) => (each / 100 + 0.0005) * by)));
        expect(follow('blink', others!, factor)).toEqual(follow('blink', some!, 1));
      }),
    );
  });

  it('has a usual opening that one blink while being placed does not move', () => {
    fc.assert(
      fc.property(opening, (shut) => {
        expect(usualOpenness([0.3, 0.3, shut, 0.3, 0.3])).toBe(0.3);
      }),
    );
  });
});
