import type { FaceAction, GiveCapture } from '@signet/protocol/page-api';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useTexts } from '../../ui/texts.ts';
import { createCameraPicture } from './camera-picture.ts';
import { FaceStage } from './face-stage.tsx';
import type { DoneAction } from './round.ts';
import { FACE_TEXTS } from './texts.ts';

export interface CaptureViewProps {
  readonly stream: MediaStream;
  readonly actions: readonly FaceAction[];
  readonly isSending: boolean;
  readonly onDone: (capture: GiveCapture) => void;
}

interface ManualViewProps extends CaptureViewProps {
  /** Why there is no other way; null where the person has chosen this one. */
  readonly without: 'failed' | 'slow' | null;
  readonly onGuided: () => void;
}

/** The person says when each movement is done; the picture is taken while they look straight. */
export function ManualView({ stream, actions, isSending, onDone, without, onGuided }: ManualViewProps) {
  const say = useTexts(FACE_TEXTS);
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [done, setDone] = useState<readonly DoneAction[]>([]);
  const [picture] = useState(createCameraPicture);
  const beganAt = useRef(0);
  useEffect(() => () => picture.forget(), [picture]);
  const action = actions[done.length];
  const finish = (): void => {
    if (!video.current || !action) return;
    if (action === 'look' && picture.take(video.current)) picture.keep();
    const next = [...done, { action, atMs: Math.round(performance.now() - beganAt.current) }];
    setDone(next);
    if (next.length < actions.length) return;
    onDone({ pictureBase64: picture.kept(), actions: next, likeness: null, guidance: 'manual' });
  };
  const play = (): void => {
    if (!isPlaying) beganAt.current = performance.now();
    setIsPlaying(true);
  };
  const step = Math.min(done.length + 1, actions.length);
  return (
    <FaceStage
      {...{ stream, video }}
      onPlaying={play}
      step={say('stepOfManual', { step, count: actions.length })}
      words={isSending || !action ? say('sending') : say(action)}
    >
      <Button wide busy={isSending} busyLabel={say('sending')} unavailable={!isPlaying} onClick={finish}>
        {say(action === 'look' ? 'lookDone' : 'actionDone')}
      </Button>
      {without ? (
        <p className="small muted">{say(`without-${without}`)}</p>
      ) : (
        <Button kind="quiet" wide unavailable={isSending} onClick={onGuided}>
          {say('goGuided')}
        </Button>
      )}
    </FaceStage>
  );
}
