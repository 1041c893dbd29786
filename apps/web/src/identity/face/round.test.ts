import type { FaceAction } from '@signet/protocol/page-api';
import { describe, expect, it } from 'vitest';
import { beginRound, isComplete, nextRound, type Round, type Word } from './round.ts';
import type { Sight } from './sight.ts';
import { FACE, faceWith, film, sightOf } from './testing/sights.ts';

const ACTIONS: readonly FaceAction[] = ['look', 'blink', 'turn-left'];
const SHUT = faceWith({ openness: 0.08 });
const LEFT = faceWith({ yaw: 0.6 });
const RIGHT = faceWith({ yaw: -0.6 });

const play = (...films: readonly (readonly Sight[])[]): readonly Round[] => {
  const rounds = [beginRound(ACTIONS, 0)];
  for (const sight of films.flat()) rounds.push(nextRound(rounds.at(-1)!, sight));
  return rounds;
};
const wordsOf = (rounds: readonly Round[]): readonly Word[] =>
  rounds.map(({ word }) => word).filter((word, i, all) => word !== all[i - 1]);

describe('a round before the camera', () => {
  it('goes from the look over the blink to the turn', () => {
    const rounds = play(film(0, [FACE, 2_000], [SHUT, 300], [FACE, 500], [LEFT, 600], [FACE, 400]));

    expect(isComplete(rounds.at(-1)!)).toBe(true);
    expect(rounds.at(-1)!.done).toEqual([
      { action: 'look', atMs: 1_500 },
      { action: 'blink', atMs: 2_300 },
      { action: 'turn-left', atMs: 3_400 },
    ]);
    expect(wordsOf(rounds)).toEqual(['look', 'hold', 'blink', 'open-eyes', 'turn-left', 'back', 'hold']);
  });

  it('keeps pictures only while the face is as it should be', () => {
    const rounds = play(film(0, [null, 300], [FACE, 500], [LEFT, 300], [FACE, 2_500], [SHUT, 300]));

    const good = rounds.flatMap(({ isGood }, i) => (isGood ? [i] : []));
    expect([good[0], good.at(-1)]).toEqual([4, 27]);
    expect(good).not.toContain(10);
  });

  it('begins the hold anew when the face goes off', () => {
    const rounds = play(film(0, [FACE, 1_300], [null, 100], [FACE, 1_300]));

    expect(rounds.at(-1)!.done).toEqual([]);
  });

  it('learns from open eyes alone how far they open', () => {
    const shut = faceWith({ openness: 0.13 });
    const rounds = play(film(0, [FACE, 700], [shut, 1_000], [FACE, 2_500], [shut, 400], [FACE, 300]));

    expect(rounds.at(-1)!.done.map(({ action }) => action)).toEqual(['look', 'blink']);
  });

  it('waits a while for a sharper picture, then takes what there is', () => {
    const blurred = Array.from({ length: 35 }, (_, i) => sightOf(100 * (i + 1), [FACE], { sharpness: 1 }));
    const rounds = play(blurred);

    expect(rounds[25]!.done).toEqual([]);
    expect(rounds.at(-1)!.done).toHaveLength(1);
  });

  it('does not count a movement while somebody else is in the picture', () => {
    const both = [200, 300, 400].map((ms) => sightOf(2_000 + ms, [SHUT, FACE]));
    const rounds = play(film(0, [FACE, 2_000]), both, film(2_500, [FACE, 300]));

    expect(rounds.at(-1)!.done).toHaveLength(1);
    expect(wordsOf(rounds)).toContain('many-faces');
  });

  it('begins anew, and says so, when the face was gone for long', () => {
    const rounds = play(film(0, [FACE, 2_000], [SHUT, 300], [FACE, 300], [null, 3_000]));

    expect(rounds.at(-1)!.done).toEqual([]);
    expect(wordsOf(rounds).slice(-2)).toEqual(['no-face', 'begin-again']);
  });

  it('goes on after a moment without a face', () => {
    const rounds = play(film(0, [FACE, 2_000], [SHUT, 300], [FACE, 300], [null, 2_000], [FACE, 300]));

    expect(rounds.at(-1)!.done).toHaveLength(2);
  });

  it('hints after some seconds, and then that there is another way', () => {
    const rounds = play(film(0, [FACE, 15_000]));

    expect(wordsOf(rounds)).toEqual(['look', 'hold', 'blink', 'hint-blink']);
    expect([rounds[100]!.isStuck, rounds.at(-1)!.isStuck]).toEqual([false, true]);
  });

  it('says when the head turns the wrong way', () => {
    const rounds = play(film(0, [FACE, 2_000], [SHUT, 300], [FACE, 300], [RIGHT, 300]));

    expect(rounds.at(-1)!.word).toBe('wrong-way');
  });

  it('begins anew before the server would call it too slow', () => {
    const rounds = play(film(0, [FACE, 151_000]));

    expect(rounds.at(-1)!.done).toEqual([]);
  });
});
