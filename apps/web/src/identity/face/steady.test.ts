import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settle, steadyFrom } from './steady.ts';

const playing = (values: readonly string[], everyMs: number, isUrgent = false): readonly string[] => {
  let state = steadyFrom('a', 0);
  return values.map((value, i) => {
    state = settle(state, value, everyMs * (i + 1), isUrgent);
    return state.shown;
  });
};

describe('steady words', () => {
  it('do not flicker between two that alternate', () => {
    expect(
      new Set(
        playing(
          Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 'a' : 'b')),
          100,
        ),
      ),
    ).toEqual(new Set(['a']));
  });

  it('change once the new has stayed and the old could be read', () => {
    expect(
      playing(
        Array.from({ length: 15 }, () => 'b'),
        100,
      ).indexOf('b'),
    ).toBe(11);
  });

  it('change at once with a new step', () => {
    expect(playing(['b'], 100, true)).toEqual(['b']);
  });

  it('never stand for less than it takes to read them', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 100 }), (values) => {
        const shown = playing(values, 100);
        const changes = shown.flatMap((value, i) => (i > 0 && value !== shown[i - 1] ? [i] : []));
        expect(changes.every((at, i) => at - (changes[i - 1] ?? -12) >= 12)).toBe(true);
      }),
    );
  });
});
