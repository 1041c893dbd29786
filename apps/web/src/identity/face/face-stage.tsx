import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { useTexts } from '../../ui/texts.ts';
import { FACE_TEXTS } from './texts.ts';

interface FaceStageProps {
  readonly stream: MediaStream;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly isGood?: boolean;
  readonly onPlaying?: () => void;
  /** Above the words, such as the number of the step. */
  readonly step: ReactNode;
  /** Read out when they change. */
  readonly words: ReactNode;
  /** What can be pressed. */
  readonly children: ReactNode;
}

/** The person as in a mirror, the oval, what to do, and room for buttons; of one size whatever it says. */
export function FaceStage({ stream, video, isGood = false, onPlaying, step, words, children }: FaceStageProps) {
  const say = useTexts(FACE_TEXTS);
  const stage = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const show = (): void => stage.current?.scrollIntoView({ block: 'nearest' });
    show();
    // Whoever turns the phone does not also have to search for themselves.
    window.addEventListener('resize', show);
    return () => window.removeEventListener('resize', show);
  }, []);
  useEffect(() => {
    // The button that led here is gone, and the focus with it.
    if (document.activeElement !== document.body) return;
    stage.current?.querySelector('button')?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream, video]);
  return (
    <div ref={stage} className="face-stage">
      <div className="face-view">
        <video ref={video} autoPlay playsInline muted aria-label={say('preview')} onPlaying={onPlaying} />
        <span className={isGood ? 'face-oval face-oval-good' : 'face-oval'} aria-hidden="true" />
      </div>
      <div className="face-side">
        <div className="face-words" role="status" aria-live="polite" aria-atomic="true">
          <p className="small muted">{step}</p>
          <p>{words}</p>
        </div>
        <div className="face-buttons">{children}</div>
      </div>
    </div>
  );
}
