import type { FaceAction } from '@signet/protocol/page-api';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { createCameraPicture } from './camera-picture.ts';
import type { Look } from './engine/engine-messages.ts';
import type { FaceEngine } from './engine/face-engine.ts';
import { nextFrame } from './next-frame.ts';
import { isTooSlow } from './pace.ts';
import { beginRound, type DoneAction, isComplete, nextRound, type Round, type Word } from './round.ts';
import { settle, steadyFrom } from './steady.ts';

export interface GuidedRoundProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Null: it is on its way. */
  readonly engine: FaceEngine | null;
  readonly actions: readonly FaceAction[];
  readonly onDone: (pictureBase64: string, done: readonly DoneAction[]) => void;
  readonly onUnable: (why: 'failed' | 'slow') => void;
  /** The camera runs but shows nothing new. */
  readonly onStill: () => void;
}

export interface GuidedRound {
  readonly word: Word;
  readonly doneCount: number;
  readonly isGood: boolean;
  readonly isStuck: boolean;
}

/** Light, so that who has shut their eyes knows that it was seen. */
const HAPTIC_MS = 30;

/** Looks at one picture after the other until all movements are seen. */
export function useGuidedRound(props: GuidedRoundProps): GuidedRound {
  const { engine, actions } = props;
  const latest = useRef(props);
  latest.current = props;
  const [shown, setShown] = useState<GuidedRound>({ word: 'look', doneCount: 0, isGood: false, isStuck: false });
  useEffect(() => {
    if (!engine) return;
    const leaving = new AbortController();
    const show = (next: GuidedRound) => setShown((before) => (isSame(before, next) ? before : next));
    void follow({ engine, actions, show, latest, signal: leaving.signal });
    return () => leaving.abort();
  }, [engine, actions]);
  return shown;
}

interface Following {
  readonly engine: FaceEngine;
  readonly actions: readonly FaceAction[];
  readonly show: (round: GuidedRound) => void;
  readonly latest: RefObject<GuidedRoundProps>;
  readonly signal: AbortSignal;
}

async function follow({ engine, actions, show, latest, signal }: Following): Promise<void> {
  const picture = createCameraPicture();
  signal.addEventListener('abort', () => picture.forget());
  const keeper = createKeeper(picture.keep);
  const teller = createTeller(actions, show);
  const pace: number[] = [];
  while (!isComplete(teller.round())) {
    const video = latest.current.video.current;
    const hasNew = video !== null && (await nextFrame(video));
    if (signal.aborted) return;
    if (!hasNew) return latest.current.onStill();
    if (!picture.take(video)) continue;

    const atMs = performance.now();
    const look = await engine.look(picture.small()).catch(() => null);
    if (signal.aborted) return;
    if (!look) return latest.current.onUnable('failed');
    pace.push(performance.now() - atMs);
    if (isTooSlow(pace)) return latest.current.onUnable('slow');
    keeper(teller.tell(look, atMs), look);
  }
  latest.current.onDone(picture.kept(), teller.round().done);
}

/** The sharpest picture of those in which the face is as it should be. */
function createKeeper(keep: () => void): (round: Round, look: Look) => void {
  let sharpest = 0;
  return ({ isGood, done }, { sharpness }) => {
    if (!isGood && done.length === 0) sharpest = 0;
    if (!isGood || sharpness <= sharpest) return;
    sharpest = sharpness;
    keep();
  };
}

function createTeller(actions: readonly FaceAction[], show: Following['show']) {
  const beganAt = performance.now();
  let round = beginRound(actions, beganAt);
  let steady = steadyFrom<Word>(round.word, beganAt);
  const tell = (look: Look, atMs: number): Round => {
    const before = round;
    round = nextRound(before, { ...look, atMs });
    const { word, done, isGood, isStuck, phase } = round;
    steady = settle(steady, word, atMs, before.done.length !== done.length || before.phase !== phase);
    if (done.length > before.done.length) navigator.vibrate?.(HAPTIC_MS);
    show({ word: steady.shown, doneCount: done.length, isGood, isStuck });
    return round;
  };
  return { tell, round: () => round };
}

function isSame(a: GuidedRound, b: GuidedRound): boolean {
  return a.word === b.word && a.doneCount === b.doneCount && a.isGood === b.isGood && a.isStuck === b.isStuck;
}
