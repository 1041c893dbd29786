import { type FaceState, VERIFICATION_CONSENT_VERSION } from '@signet/protocol/page-api';
import { useId, useRef, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { FailureNotice } from '../../api/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { StepHeading } from '../identity-frame.tsx';
import type { VerificationCalls } from '../use-verification.ts';
import { FACE_TEXTS } from './texts.ts';

export interface FaceStepProps {
  readonly state: FaceState;
  readonly calls: VerificationCalls;
}

/** Separate consent, before any camera is asked for. */
export function FaceConsent({ state, calls }: FaceStepProps) {
  const say = useTexts(FACE_TEXTS);
  const hintId = useId();
  const check = useRef<HTMLInputElement>(null);
  const [agrees, setAgrees] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const action = useAction();
  const { appName: app, personName: name } = state;
  const goOn = (): void => {
    setIsMissing(!agrees);
    if (!agrees) check.current?.focus();
    else void action.run(() => calls.command('/consent', { version: VERIFICATION_CONSENT_VERSION, pageUrl: ownUrl() }));
  };
  const agree = (value: boolean): void => {
    setAgrees(value);
    setIsMissing(false);
  };
  return (
    <>
      <StepHeading>{say('consentHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('consentFor', { app, name })}</p>
        <ul className="identity-points">
          <li>{say(state.engine === 'cloud' ? 'consentDataCloud' : 'consentData')}</li>
          <li>{say('consentUse', { app })}</li>
          <li>{say(state.engine === 'cloud' ? 'consentKeepCloud' : 'consentKeep')}</li>
          <li>{say('consentRight', { app })}</li>
        </ul>
        {state.engine === 'local' && <Notice tone="warn">{say('localEngine')}</Notice>}
        <div>
          <Check
            ref={check}
            checked={agrees}
            onChange={agree}
            label={say('consentCheck')}
            missing={isMissing}
            describedBy={hintId}
          />
          <p id={hintId} className="field-problem" role="alert">
            {isMissing && say('consentMissing')}
          </p>
        </div>
        {action.error && <FailureNotice error={action.error} onRetry={goOn} />}
        <Button wide busy={action.isBusy} busyLabel={say('working')} onClick={goOn}>
          {say('consentSubmit')}
        </Button>
      </section>
    </>
  );
}

/** Where another service's page sends the person back to. */
function ownUrl(): string {
  return window.location.origin + window.location.pathname;
}
