/**
 * One round before the camera as a value: the face is placed and held still, then one movement follows the other. What the person is
 * told comes out of it; who draws, films or sends is elsewhere.
 */
import type { FaceAction, GiveCapture } from '@signet/protocol/page-api';
import { type Advice, adviceFor } from './guidance.ts';
import { areEyesShut, isWrongWay, nextPhase, type Phase, usualOpenness } from './movement.ts';
import type { FaceSeen, Sight } from './sight.ts';

export type DoneAction = GiveCapture['actions'][number];

/** What is said; the keys of the page's texts. */
export type Word = Advice | FaceAction | 'hold' | 'begin-again' | 'open-eyes' | 'back' | 'wrong-way' | Hint;
type Hint = 'hint-blink' | 'hint-turn';

export interface Round {
  readonly actions: readonly FaceAction[];
  readonly done: readonly DoneAction[];
  readonly word: Word;
  /** The picture of this sight may be kept: the face is as it should be. */
  readonly isGood: boolean;
  /** The person has tried for long without success. */
  readonly isStuck: boolean;
  readonly stepSince: number;
  /** Since when the face is held still; what the instants of the actions count from. */
  readonly goodSince: number | undefined;
  readonly absentSince: number | undefined;
  readonly phase: Phase;
  readonly opennesses: readonly number[];
  readonly isRepeated: boolean;
}

const HOLD_MS = 1_500;
/** So much longer for a sharper picture, then with what there is: some cameras know no better. */
const SHARPER_MS = 1_500;
const SHARP = 6;
const HINT_AFTER_MS = 6_000;
const STUCK_AFTER_MS = 12_000;
/** A face that was gone for so long may be another. */
const ABSENT_MS = 2_500;
/** Sooner than the server takes it as too slow. */
const LONGEST_MS = 150_000;
const SAY_AGAIN_MS = 2_500;

export function beginRound(actions: readonly FaceAction[], atMs: number, isRepeated = false): Round {
  return {
    ...{ actions, done: [], word: isRepeated ? 'begin-again' : 'look', isGood: false, isStuck: false, isRepeated },
    ...{ stepSince: atMs, goodSince: undefined, absentSince: undefined, phase: 'rest', opennesses: [] },
  };
}

export function isComplete({ done, actions }: Round): boolean {
  return done.length === actions.length;
}

export function nextRound(round: Round, sight: Sight): Round {
  const action = round.actions[round.done.length];
  if (!action) return round;
  const isOverlong = round.goodSince !== undefined && sight.atMs - round.goodSince > LONGEST_MS;
  if (isOverlong) return beginRound(round.actions, sight.atMs, true);
  const isStuck = sight.atMs - round.stepSince > STUCK_AFTER_MS;
  return { ...(action === 'look' ? afterLook(round, sight) : afterMovement(round, action, sight)), isStuck };
}

function afterLook(round: Round, sight: Sight): Round {
  const [face] = sight.faces;
  const isBlinking = face && areEyesShut(face, usualOpenness(round.opennesses));
  const advice = adviceFor(sight, round.isGood) ?? (isBlinking ? 'eyes-closed' : undefined);
  if (advice || !face) {
    const isNewlyRepeated = round.isRepeated && sight.atMs - round.stepSince < SAY_AGAIN_MS;
    const word = isNewlyRepeated ? 'begin-again' : (advice ?? 'no-face');
    return { ...round, word, isGood: false, goodSince: undefined, opennesses: [] };
  }
  const goodSince = round.goodSince ?? sight.atMs;
  const opennesses = [...round.opennesses, face.openness];
  const held: Round = { ...round, word: 'hold', isGood: true, goodSince, opennesses };
  const heldMs = sight.atMs - goodSince;
  const isLongEnough = heldMs >= HOLD_MS && (sight.sharpness >= SHARP || heldMs >= HOLD_MS + SHARPER_MS);
  return isLongEnough ? withDone(held, 'look', sight.atMs) : held;
}

function afterMovement(round: Round, action: Exclude<FaceAction, 'look'>, sight: Sight): Round {
  const [face, second] = sight.faces;
  const still = { ...round, isGood: false };
  if (!face) return afterAbsence(still, sight.atMs);
  if (second) return { ...still, word: 'many-faces', absentSince: undefined };

  const phase = nextPhase(round.phase, action, face, usualOpenness(round.opennesses));
  const moved: Round = { ...still, phase, absentSince: undefined };
  if (phase === 'done') return withDone(moved, action, sight.atMs);
  return { ...moved, word: wordOf(moved, { action, face, atMs: sight.atMs }) };
}

function afterAbsence(round: Round, atMs: number): Round {
  const absentSince = round.absentSince ?? atMs;
  if (atMs - absentSince > ABSENT_MS) return beginRound(round.actions, atMs, true);
  return { ...round, word: 'no-face', absentSince };
}

interface Moment {
  readonly action: Exclude<FaceAction, 'look'>;
  readonly face: FaceSeen;
  readonly atMs: number;
}

function wordOf({ phase, stepSince }: Round, { action, face, atMs }: Moment): Word {
  if (phase === 'away') return action === 'blink' ? 'open-eyes' : 'back';
  if (isWrongWay(action, face)) return 'wrong-way';
  if (atMs - stepSince <= HINT_AFTER_MS) return action;
  return action === 'blink' ? 'hint-blink' : 'hint-turn';
}

function withDone(round: Round, action: FaceAction, atMs: number): Round {
  const done = [...round.done, { action, atMs: Math.round(atMs - (round.goodSince ?? atMs)) }];
  const word = round.actions[done.length] ?? 'hold';
  return { ...round, done, word, phase: 'rest', stepSince: atMs, isRepeated: false };
}
