import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MeshPoint, measureFace } from './measure-face.ts';

const SIZE = { width: 300, height: 400 };

/** The points that are measured, of a head of 100 × 150 in the middle that looks straight ahead. */
const HEAD: Readonly<Record<number, MeshPoint>> = {
  10: [150, 125, 0],
  152: [150, 275, 0],
  ...{ 234: [100, 200, 30], 454: [200, 200, 30] },
  ...{
    33: [115, 180, 0],
    160: [121, 175, 0],
    158: [129, 175, 0],
    133: [135, 180, 0],
    153: [129, 181, 0],
    144: [121, 181, 0],
  },
  ...{
    263: [185, 180, 0],
    387: [179, 175, 0],
    385: [171, 175, 0],
    362: [165, 180, 0],
    380: [171, 181, 0],
    373: [179, 181, 0],
  },
};
const meshOf = (points = HEAD): MeshPoint[] => Array.from({ length: 468 }, (_, i) => points[i] ?? [150, 200, 0]);

/** Turns the head about its upright axis: the near cheek comes forward. */
const turned = (angle: number): MeshPoint[] =>
  meshOf().map(([x, y, z = 0]) => {
    const [dx, dz] = [x - 150, z - 30];
    return [150 + dx * Math.cos(angle) - dz * Math.sin(angle), y, 30 + dx * Math.sin(angle) + dz * Math.cos(angle)];
  });

describe('a measured face', () => {
  it('that looks ahead has no angles, its place and its open eyes', () => {
    const face = measureFace(meshOf(), SIZE)!;

    expect([face.yaw, face.pitch, face.roll]).toEqual([0, 0, 0]);
    expect(face.openness).toBeCloseTo(0.3);
    expect(face.box.x).toBeCloseTo(1 / 3);
    expect(face.box.y).toBeCloseTo(0.3125);
    expect(face.box.width).toBeCloseTo(1 / 3);
    expect(face.box.height).toBeCloseTo(0.375);
  });

  it('has a yaw that is positive to its own left', () => {
    expect(measureFace(turned(0.5), SIZE)!.yaw).toBeCloseTo(0.5, 1);
    expect(measureFace(turned(-0.5), SIZE)!.yaw).toBeCloseTo(-0.5, 1);
  });

  it('is the same wherever it stands and however near it is', () => {
    const factor = fc.double({ min: 0.2, max: 4, noNaN: true });
    const shift = fc.double({ min: -200, max: 200, noNaN: true });
    const { yaw, openness } = measureFace(turned(0.4), SIZE)!;
    fc.assert(
      fc.property(factor, shift, shift, (by, dx, dy) => {
        const moved = turned(0.4).map(([x, y, z = 0]): MeshPoint => [x * by + dx, y * by + dy, z * by]);
        const face = measureFace(moved, SIZE)!;
        expect(face.yaw).toBeCloseTo(yaw, 5);
        expect(face.openness).toBeCloseTo(openness, 5);
      }),
    );
  });

  it('is none where there is no mesh', () => {
    expect(measureFace([], SIZE)).toBeUndefined();
  });
});
