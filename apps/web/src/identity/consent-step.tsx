import { VERIFICATION_CONSENT_VERSION } from '@signet/protocol/page-api';
import { useId, useRef, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { useTexts } from '../ui/texts.ts';
import { StepHeading } from './identity-frame.tsx';
import { IDENTITY_TEXTS } from './texts.ts';
import type { VerificationCalls } from './use-verification.ts';

interface ConsentStepProps {
  readonly appName: string;
  readonly calls: VerificationCalls;
}

/** Nothing is typed, photographed or filmed before it. */
export function ConsentStep({ appName: app, calls }: ConsentStepProps) {
  const say = useTexts(IDENTITY_TEXTS);
  const hintId = useId();
  const check = useRef<HTMLInputElement>(null);
  const [agrees, setAgrees] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const action = useAction();
  const goOn = (): void => {
    setIsMissing(!agrees);
    if (!agrees) check.current?.focus();
    else void action.run(() => calls.command('/consent', { version: VERIFICATION_CONSENT_VERSION }));
  };
  const agree = (value: boolean): void => {
    setAgrees(value);
    setIsMissing(false);
  };
  const label = say('consentCheck');
  return (
    <>
      <StepHeading>{say('consentHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('consentFor', { app })}</p>
        <ul className="identity-points">
          <li>{say('consentData')}</li>
          <li>{say('consentUse', { app })}</li>
          <li>{say('consentKeep')}</li>
          <li>{say('consentRight', { app })}</li>
        </ul>
        <div>
          <Check
            ref={check}
            checked={agrees}
            onChange={agree}
            {...{ label }}
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
