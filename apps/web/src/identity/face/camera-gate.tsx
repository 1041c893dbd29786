import type { FaceState } from '@signet/protocol/page-api';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { FACE_TEXTS } from './texts.ts';
import type { Camera, CameraProblem } from './use-camera.ts';

interface CameraGateProps {
  readonly camera: Camera;
  readonly state: FaceState;
}

/** Trying again here cannot help. */
const HOPELESS: readonly CameraProblem[] = ['insecure', 'unsupported'];

/** Before the camera runs, and when it no longer does: what to do. */
export function CameraGate({ camera, state }: CameraGateProps) {
  const say = useTexts(FACE_TEXTS);
  const { problem, isOpening } = camera;
  return (
    <>
      <ul className="identity-points">
        <li>{say('ready1', { name: state.personName })}</li>
        <li>{say('ready2')}</li>
        <li>{say('ready3', { count: state.actions.length })}</li>
        <li>{say('ready4')}</li>
      </ul>
      {problem && (
        <Notice tone={problem === 'left' ? 'info' : 'bad'} title={say(problem)}>
          <p>{say(`${problem}Hint`)}</p>
        </Notice>
      )}
      {problem === 'framed' && (
        <a className="button button-secondary button-wide" href={window.location.href} target="_blank" rel="noreferrer">
          {say('ownWindow')}
        </a>
      )}
      {!(problem && HOPELESS.includes(problem)) && (
        <Button wide busy={isOpening} busyLabel={say('opening')} onClick={() => void camera.open()}>
          {say(problem ? 'again' : 'open')}
        </Button>
      )}
    </>
  );
}
