import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * `insecure`: browsers give cameras to https and to this computer only. `unsupported`: no cameras here, as inside some other apps.
 * `framed`: refused to a page inside another. `lost`: gone while it ran. `left`: switched off by us when the page went out of sight.
 */
export type CameraProblem = 'insecure' | 'unsupported' | 'missing' | 'denied' | 'framed' | 'busy' | 'lost' | 'left';

export interface Camera extends Shown {
  open(): Promise<void>;
  close(problem: CameraProblem): void;
}

interface Shown {
  readonly stream: MediaStream | null;
  readonly isOpening: boolean;
  readonly problem: CameraProblem | null;
}

const SHUT: Shown = { stream: null, isOpening: false, problem: null };

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: 'user', width: { ideal: 1_280 }, height: { ideal: 720 } },
};

/** The front camera; off again when the step is left or the page is out of sight. */
export function useCamera(): Camera {
  const [shown, setShown] = useState(SHUT);
  const running = useRef<MediaStream>(null);
  const isGone = useRef(false);
  const close = useCallback((problem: CameraProblem) => {
    stop(running.current);
    running.current = null;
    setShown({ ...SHUT, problem });
  }, []);
  useEffect(() => {
    isGone.current = false;
    const leave = (): void => {
      if (document.visibilityState === 'hidden' && running.current) close('left');
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      isGone.current = true;
      document.removeEventListener('visibilitychange', leave);
      stop(running.current);
    };
  }, [close]);
  const open = useCallback(async () => {
    setShown({ ...SHUT, isOpening: true });
    try {
      const stream = await openCamera();
      if (isGone.current) return stop(stream);
      running.current = stream;
      // Also when the permission is withdrawn or the cable pulled; not when we stop it ourselves.
      stream.getVideoTracks()[0]?.addEventListener('ended', () => close('lost'));
      setShown({ ...SHUT, stream });
    } catch (error) {
      setShown({ ...SHUT, problem: problemOf(error) });
    }
  }, [close]);
  return { ...shown, open, close };
}

function openCamera(): Promise<MediaStream> {
  if (!window.isSecureContext) throw new DOMException('no https', 'SecurityError');
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('no cameras', 'NotSupportedError');
  return navigator.mediaDevices.getUserMedia(WANTED);
}

const PROBLEMS: Readonly<Record<string, CameraProblem>> = {
  SecurityError: 'insecure',
  NotSupportedError: 'unsupported',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotAllowedError: 'denied',
};

function problemOf(error: unknown): CameraProblem {
  const problem = (error instanceof DOMException && PROBLEMS[error.name]) || 'busy';
  return problem === 'denied' && window.top !== window.self ? 'framed' : problem;
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
