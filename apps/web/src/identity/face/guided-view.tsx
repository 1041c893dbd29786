import { useRef } from 'react';
import { Button } from '../../ui/button.tsx';
import { useTexts } from '../../ui/texts.ts';
import type { FaceEngine } from './engine/face-engine.ts';
import { FaceStage } from './face-stage.tsx';
import type { CaptureViewProps } from './manual-view.tsx';
import { FACE_TEXTS } from './texts.ts';
import { useGuidedRound } from './use-guided-round.ts';

interface GuidedViewProps extends CaptureViewProps {
  /** Null while it is on its way; nobody has to wait for it. */
  readonly engine: FaceEngine | null;
  readonly onUnable: (why: 'failed' | 'slow') => void;
  readonly onStill: () => void;
  readonly onManual: () => void;
}

/** The movements are seen by themselves; whoever cannot make them goes on by hand. */
export function GuidedView(props: GuidedViewProps) {
  const { stream, actions, engine, isSending, onDone, onUnable, onStill, onManual } = props;
  const say = useTexts(FACE_TEXTS);
  const video = useRef<HTMLVideoElement>(null);
  const { word, doneCount, isGood, isStuck } = useGuidedRound({
    ...{ video, engine, actions, onUnable, onStill },
    onDone: (pictureBase64, done) => onDone({ pictureBase64, actions: [...done], likeness: null, guidance: 'guided' }),
  });
  const step = Math.min(doneCount + 1, actions.length);
  return (
    <FaceStage
      {...{ stream, video, isGood }}
      step={engine ? say('stepOf', { step, count: actions.length }) : say('engineComing')}
      words={isSending ? say('sending') : say(word)}
    >
      <Button kind="secondary" wide unavailable={isSending} onClick={onManual}>
        {say('goManual')}
      </Button>
      <p className="small muted">{isStuck && !isSending ? say('stuck') : say('guidedHint')}</p>
    </FaceStage>
  );
}
