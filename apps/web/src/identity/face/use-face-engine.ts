import { useCallback, useEffect, useState } from 'react';
import { type FaceEngine, startFaceEngine } from './engine/face-engine.ts';

/** `absent`: it cannot run on this device, did not come, or is too slow to see a blink. */
export type EngineState =
  | { readonly status: 'coming' }
  | { readonly status: 'here'; readonly engine: FaceEngine }
  | { readonly status: 'absent'; readonly why: 'failed' | 'slow' };

export interface HeldEngine {
  readonly state: EngineState;
  giveUp(why: 'failed' | 'slow'): void;
}

/** Comes while the person reads, and is gone with all its memory when the step is left. */
export function useFaceEngine(): HeldEngine {
  const [state, setState] = useState<EngineState>({ status: 'coming' });
  useEffect(() => {
    const leaving = new AbortController();
    setState({ status: 'coming' });
    startFaceEngine(leaving.signal).then(
      (engine) => !leaving.signal.aborted && setState({ status: 'here', engine }),
      () => !leaving.signal.aborted && setState({ status: 'absent', why: 'failed' }),
    );
    return () => leaving.abort();
  }, []);
  const giveUp = useCallback((why: 'failed' | 'slow') => {
    setState((before) => {
      if (before.status === 'here') before.engine.close();
      return { status: 'absent', why };
    });
  }, []);
  return { state, giveUp };
}
