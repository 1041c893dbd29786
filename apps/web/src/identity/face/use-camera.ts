import { useCallback, useEffect, useRef, useState } from 'react';

/** `insecure`: browsers give cameras to https and to this computer only. `busy`: anything else that keeps it shut. */
export type CameraProblem = 'insecure' | 'missing' | 'denied' | 'busy';

export interface Camera {
  readonly stream: MediaStream | null;
  readonly isOpening: boolean;
  readonly problem: CameraProblem | null;
  open(): Promise<void>;
}

interface Shown {
  readonly stream: MediaStream | null;
  readonly isOpening: boolean;
  readonly problem: CameraProblem | null;
}

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'user', width: { ideal: 1_280 }, height: { ideal: 720 } },
};

/** The front camera; off again when the step is left. */
export function useCamera(): Camera {
  const [shown, setShown] = useState<Shown>({ stream: null, isOpening: false, problem: null });
  const running = useRef<MediaStream>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      stop(running.current);
    };
  }, []);
  const open = useCallback(async () => {
    setShown({ stream: null, isOpening: true, problem: null });
    try {
      const stream = await openCamera();
      if (isGone.current) return stop(stream);
      running.current = stream;
      const [track] = stream.getVideoTracks();
      track?.addEventListener('ended', () => setShown({ stream: null, isOpening: false, problem: 'busy' }));
      setShown({ stream, isOpening: false, problem: null });
    } catch (error) {
      setShown({ stream: null, isOpening: false, problem: problemOf(error) });
    }
  }, []);
  return { ...shown, open };
}

function openCamera(): Promise<MediaStream> {
  if (!window.isSecureContext || !navigator.mediaDevices) throw new DOMException('no https', 'SecurityError');
  return navigator.mediaDevices.getUserMedia(WANTED);
}

const PROBLEMS: Readonly<Record<string, CameraProblem>> = {
  SecurityError: 'insecure',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
};

function problemOf(error: unknown): CameraProblem {
  return (error instanceof DOMException && PROBLEMS[error.name]) || 'busy';
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
