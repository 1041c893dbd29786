import type { GiveCapture } from '@signet/protocol/page-api';
import { useState } from 'react';
import { useAction } from '../../api/action.ts';
import { FailureNotice } from '../../api/failure-notice.tsx';
import type { PageCallError } from '../../api/page-error.ts';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { StepHeading } from '../identity-frame.tsx';
import { CameraGate } from './camera-gate.tsx';
import type { FaceStepProps } from './face-consent.tsx';
import { GuidedView } from './guided-view.tsx';
import { ManualView } from './manual-view.tsx';
import { FACE_TEXTS } from './texts.ts';
import { useCamera } from './use-camera.ts';
import { useFaceEngine } from './use-face-engine.ts';

/** The camera, then one movement after the other: seen by the engine, or said by the person where it cannot run or is not wanted. */
export function CaptureStep({ state, calls }: FaceStepProps) {
  const say = useTexts(FACE_TEXTS);
  const camera = useCamera();
  const action = useAction();
  const { state: engine, giveUp } = useFaceEngine();
  const [wantsManual, setWantsManual] = useState(false);
  const [round, setRound] = useState(0);
  const { stream } = camera;
  const handIn = async (capture: GiveCapture): Promise<void> => {
    const passed = await action.run(() => calls.command('/capture', capture));
    // The movements begin anew.
    if (!passed) setRound((before) => before + 1);
  };
  const view = { key: round, actions: state.actions, isSending: action.isBusy, onDone: handIn };
  const without = engine.status === 'absent' ? engine.why : null;
  return (
    <>
      <StepHeading key={stream ? 'live' : 'ready'}>{say(stream ? 'liveHeading' : 'readyHeading')}</StepHeading>
      <section className="identity-card">
        {action.error && <CaptureNotice error={action.error} />}
        {!stream && <CameraGate {...{ camera, state }} />}
        {stream && (wantsManual || without) && (
          <ManualView {...{ ...view, stream, without }} onGuided={() => setWantsManual(false)} />
        )}
        {stream && !wantsManual && !without && (
          <GuidedView
            {...{ ...view, stream, engine: engine.status === 'here' ? engine.engine : null }}
            onUnable={giveUp}
            onStill={() => camera.close('lost')}
            onManual={() => setWantsManual(true)}
          />
        )}
        {state.engine === 'local' && <p className="small muted">{say('localEngine')}</p>}
      </section>
    </>
  );
}

function CaptureNotice({ error }: { readonly error: PageCallError }) {
  const say = useTexts(FACE_TEXTS);
  const { failure } = error;
  if (failure?.error !== 'CAPTURE_UNUSABLE') return <FailureNotice error={error} />;
  return (
    <Notice tone="bad" title={say('unusable')}>
      <p>{failure.msg}</p>
      <p>{say('unusableHint', { count: failure.remainingAttempts ?? 0 })}</p>
    </Notice>
  );
}
