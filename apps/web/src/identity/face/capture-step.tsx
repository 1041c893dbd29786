import type { GiveCapture } from '@signet/protocol/page-api';
import { useState } from 'react';
import { useAction } from '../../api/action.ts';
import { FailureNotice } from '../../api/failure-notice.tsx';
import type { PageCallError } from '../../api/page-error.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { StepHeading } from '../identity-frame.tsx';
import type { FaceStepProps } from './face-consent.tsx';
import { LiveView } from './live-view.tsx';
import { FACE_TEXTS } from './texts.ts';
import { type Camera, useCamera } from './use-camera.ts';

/** The camera, then one movement after the other. */
export function CaptureStep({ state, calls }: FaceStepProps) {
  const say = useTexts(FACE_TEXTS);
  const camera = useCamera();
  const action = useAction();
  const [round, setRound] = useState(0);
  const handIn = async (capture: GiveCapture): Promise<void> => {
    const passed = await action.run(() => calls.command('/capture', capture));
    // The movements begin anew.
    if (!passed) setRound((before) => before + 1);
  };
  return (
    <>
      <StepHeading>{say(camera.stream ? 'liveHeading' : 'readyHeading')}</StepHeading>
      <section className="identity-card">
        {action.error && <CaptureNotice error={action.error} />}
        {camera.stream ? (
          <LiveView
            key={round}
            stream={camera.stream}
            actions={state.actions}
            isSending={action.isBusy}
            onDone={(capture) => void handIn(capture)}
          />
        ) : (
          <Ready camera={camera} state={state} />
        )}
        {state.engine === 'local' && <p className="small muted">{say('localEngine')}</p>}
      </section>
    </>
  );
}

function Ready({ camera, state }: { readonly camera: Camera } & Pick<FaceStepProps, 'state'>) {
  const say = useTexts(FACE_TEXTS);
  const { problem, isOpening } = camera;
  return (
    <>
      <ul className="identity-points">
        <li>{say('ready1', { name: state.personName })}</li>
        <li>{say('ready2')}</li>
        <li>{say('ready3', { count: state.actions.length })}</li>
      </ul>
      {problem && (
        <Notice tone="bad" title={say(problem)}>
          <p>{say(`${problem}Hint`)}</p>
        </Notice>
      )}
      <Button wide busy={isOpening} busyLabel={say('opening')} onClick={() => void camera.open()}>
        {say(problem ? 'again' : 'open')}
      </Button>
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
