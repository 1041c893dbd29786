/** The steps that ask for a code or only say how things stand. */
import type { SigningState } from '@signet/protocol/page-api';
import type { ReactNode } from 'react';
import { useAction } from '../api/action.ts';
import { CodeForm } from '../api/code-form.tsx';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { useTexts } from '../ui/texts.ts';
import { awaitedNames } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { SigningCalls } from './use-signing.ts';

interface StepProps {
  readonly state: SigningState;
  readonly calls: SigningCalls;
}

export function IdentifyStep({ state, calls }: StepProps) {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <CodeForm
      phone={state.self.phone}
      request={() => calls.sendCode('identify')}
      submit={(code) => calls.command('/sign/identify', { code })}
      submitLabel={say('identifySubmit')}
      busyLabel={say('identifyBusy')}
    />
  );
}

export function WaitStep({ state }: { readonly state: SigningState }) {
  const say = useTexts(SIGNING_TEXTS);
  const names = awaitedNames(state);
  return (
    <div role="status">
      <p className="signing-state">
        <Icon name="clock" />
        {say('waitSentence')}
      </p>
      {names.length > 0 && <p className="small muted">{say('waitFor', { names: names.join('、') })}</p>}
    </div>
  );
}

interface IntentStepProps extends StepProps {
  /** The press that led here meant to ask for the code; a reload did not. */
  readonly asksAtOnce: boolean;
  readonly decline: ReactNode;
  readonly onBack: () => void;
}

export function IntentStep({ state, calls, asksAtOnce, decline, onBack }: IntentStepProps) {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <>
      <div className="signing-step-head">
        <IconButton icon="back" label={say('back')} onClick={onBack} />
        <p>{say('intentSentence')}</p>
      </div>
      <CodeForm
        phone={state.self.phone}
        request={() => calls.sendCode('intent')}
        requestsAtOnce={asksAtOnce}
        submit={(code) => calls.command('/sign/intent', { code })}
        submitLabel={say('intentSubmit')}
        busyLabel={say('intentBusy')}
      >
        {decline}
      </CodeForm>
    </>
  );
}

export function ConfirmStep({ calls, decline }: { readonly calls: SigningCalls; readonly decline: ReactNode }) {
  const say = useTexts(SIGNING_TEXTS);
  const action = useAction();
  const confirm = () => action.run(() => calls.command('/sign/confirm'));
  return (
    <>
      <p className="sheet-sentence">{say('confirmSentence')}</p>
      {action.error && <FailureNotice error={action.error} onRetry={confirm} />}
      <div className="sheet-actions">
        {decline}
        <Button busy={action.isBusy} busyLabel={say('intentBusy')} onClick={confirm}>
          {say('confirmSubmit')}
        </Button>
      </div>
    </>
  );
}

export function SealingStep() {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <p className="signing-state" role="status">
      <Icon name="seal" />
      {say('sealingSentence')}
    </p>
  );
}

export function LandedStep() {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <p className="signing-state signing-state-ok" role="status">
      <Icon name="check-circle" />
      {say('landed')}
    </p>
  );
}
