import type { FaceAction, GiveCapture } from '@signet/protocol/page-api';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useTexts } from '../../ui/texts.ts';
import { takePicture } from './take-picture.ts';
import { FACE_TEXTS } from './texts.ts';

type Seen = GiveCapture['actions'][number];

interface LiveViewProps {
  readonly stream: MediaStream;
  readonly actions: readonly FaceAction[];
  readonly isSending: boolean;
  readonly onDone: (capture: GiveCapture) => void;
}

/** The person sees themselves and does what is asked; the picture is taken while they look straight. */
export function LiveView({ stream, actions, isSending, onDone }: LiveViewProps) {
  const say = useTexts(FACE_TEXTS);
  const video = useRef<HTMLVideoElement>(null);
  const [isPlaying, setIsPlaying] = useState(false);
  const [seen, setSeen] = useState<readonly Seen[]>([]);
  const picture = useRef('');
  const beganAt = useRef(0);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  const action = actions[seen.length];
  const finish = (): void => {
    if (!video.current || !action) return;
    if (action === 'look') picture.current = takePicture(video.current);
    const done = [...seen, { action, atMs: Math.round(performance.now() - beganAt.current) }];
    setSeen(done);
    if (done.length < actions.length) return;
    onDone({ pictureBase64: picture.current, actions: done, likeness: null });
  };
  const play = (): void => {
    if (!isPlaying) beganAt.current = performance.now();
    setIsPlaying(true);
  };
  return (
    <>
      <div className="face-view">
        <video ref={video} autoPlay playsInline muted aria-label={say('preview')} onPlaying={play} />
        <span className="face-oval" aria-hidden="true" />
      </div>
      <div className="face-words" aria-live="assertive">
        {isSending && say('sending')}
        {!isSending && action && (
          <>
            <p className="small muted">{say('stepOf', { step: seen.length + 1, count: actions.length })}</p>
            <p>{say(action)}</p>
          </>
        )}
      </div>
      <Button wide busy={isSending} busyLabel={say('sending')} unavailable={!isPlaying} onClick={finish}>
        {say(action === 'look' ? 'lookDone' : 'actionDone')}
      </Button>
    </>
  );
}
