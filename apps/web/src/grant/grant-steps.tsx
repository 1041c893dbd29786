import type { GrantState } from '@signet/protocol/page-api';
import { useId, useRef, useState } from 'react';
import { CodeForm } from '../api/code-form.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { BottomSheet } from '../ui/sheet.tsx';
import { useTexts } from '../ui/texts.ts';
import { CancelDialog } from './cancel-dialog.tsx';
import { GRANT_TEXTS } from './texts.ts';
import type { GrantCalls } from './use-grant.ts';

interface GrantStepsProps {
  readonly state: GrantState;
  readonly calls: GrantCalls;
}

/** What is next: one sentence, one primary button, and the way to say no. */
export function GrantSteps({ state, calls }: GrantStepsProps) {
  const say = useTexts(GRANT_TEXTS);
  const [isEnding, setIsEnding] = useState(false);
  const [wantsCode, setWantsCode] = useState(false);
  if (state.step === 'closed') return null;
  const end = (): void => setIsEnding(true);
  return (
    <BottomSheet label={say('title')} className="grant-sheet">
      <div className="sheet-step">
        {state.step === 'granted' && <GrantedStep state={state} onCancel={end} />}
        {state.step === 'review' && !wantsCode && <ReviewStep onRefuse={end} onAgree={() => setWantsCode(true)} />}
        {state.step === 'review' && wantsCode && (
          <CodeStep state={state} calls={calls} onBack={() => setWantsCode(false)} />
        )}
      </div>
      {isEnding && <CancelDialog state={state} calls={calls} onClose={() => setIsEnding(false)} />}
    </BottomSheet>
  );
}

function ReviewStep({ onRefuse, onAgree }: { readonly onRefuse: () => void; readonly onAgree: () => void }) {
  const say = useTexts(GRANT_TEXTS);
  const hintId = useId();
  const check = useRef<HTMLInputElement>(null);
  const [agrees, setAgrees] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const goOn = (): void => {
    setIsMissing(!agrees);
    if (agrees) onAgree();
    else check.current?.focus();
  };
  return (
    <>
      <p className="sheet-sentence">{say('sentence')}</p>
      <Check
        ref={check}
        checked={agrees}
        onChange={(value) => {
          setAgrees(value);
          setIsMissing(false);
        }}
        label={say('check')}
        missing={isMissing}
        describedBy={hintId}
      />
      <p id={hintId} className="field-problem" role="alert">
        {isMissing && say('checkMissing')}
      </p>
      <div className="sheet-actions">
        <Button kind="secondary" onClick={onRefuse}>
          {say('refuse')}
        </Button>
        <Button onClick={goOn}>{say('goOn')}</Button>
      </div>
    </>
  );
}

interface CodeStepProps extends GrantStepsProps {
  readonly onBack: () => void;
}

function CodeStep({ state, calls, onBack }: CodeStepProps) {
  const say = useTexts(GRANT_TEXTS);
  return (
    <>
      <div className="grant-step-head">
        <IconButton icon="back" label={say('back')} onClick={onBack} />
        <p>{say('codeSentence')}</p>
      </div>
      <CodeForm
        phone={state.owner.phone}
        request={calls.sendCode}
        submit={calls.confirm}
        submitLabel={say('codeSubmit')}
        busyLabel={say('codeBusy')}
        requestsAtOnce
      />
    </>
  );
}

function GrantedStep({ state, onCancel }: { readonly state: GrantState; readonly onCancel: () => void }) {
  const say = useTexts(GRANT_TEXTS);
  const { mayCancel, appName: app } = state;
  return (
    <>
      <p className="sheet-sentence" role="status">
        {mayCancel ? say('grantedSentence') : say('grantedFixed', { app })}
      </p>
      {mayCancel && (
        <Button kind="danger" wide onClick={onCancel}>
          {say('cancel')}
        </Button>
      )}
    </>
  );
}
