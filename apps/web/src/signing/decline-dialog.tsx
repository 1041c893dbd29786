import type { DeclineContract } from '@signet/protocol/page-api';
import { useId, useRef, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useTexts } from '../ui/texts.ts';
import './decline-dialog.css';
import { SIGNING_TEXTS } from './texts.ts';
import type { SigningCalls } from './use-signing.ts';

const LONGEST_REASON = 200;
const COMMON_REASONS = ['reasonContent', 'reasonAmount', 'reasonNotMe'] as const;

interface DeclineDialogProps {
  readonly calls: SigningCalls;
  readonly onClose: () => void;
}

/** Says what refusing means, asks why, and only then refuses. */
export function DeclineDialog({ calls, onClose }: DeclineDialogProps) {
  const say = useTexts(SIGNING_TEXTS);
  const [fieldId, problemId] = [useId(), useId()];
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const action = useAction();

  const change = (text: string): void => {
    setReason(text);
    setIsMissing(false);
  };
  const decline = async (): Promise<void> => {
    const body: DeclineContract = { reason: reason.trim() };
    setIsMissing(body.reason === '');
    if (body.reason === '') return field.current?.focus();
    if (await action.run(() => calls.command('/sign/decline', body))) onClose();
  };
  return (
    <Dialog
      title={say('declineTitle')}
      onClose={onClose}
      actions={
        <>
          <Button kind="secondary" onClick={onClose}>
            {say('declineKeep')}
          </Button>
          <Button kind="danger" busy={action.isBusy} busyLabel={say('working')} onClick={() => void decline()}>
            {say('declineSubmit')}
          </Button>
        </>
      }
    >
      <p className="decline-meaning">{say('declineMeaning')}</p>
      <label className="decline-label" htmlFor={fieldId}>
        {say('declineReason')}
      </label>
      <div className="decline-common">
        {COMMON_REASONS.map((key) => (
          <button key={key} type="button" onClick={() => change(say(key))}>
            {say(key)}
          </button>
        ))}
      </div>
      <textarea
        ref={field}
        id={fieldId}
        className="decline-field"
        rows={3}
        maxLength={LONGEST_REASON}
        value={reason}
        aria-invalid={isMissing}
        aria-describedby={problemId}
        onChange={(event) => change(event.target.value)}
      />
      <p id={problemId} className="field-problem" role="alert">
        {isMissing && say('declineMissing')}
      </p>
      {action.error && <FailureNotice error={action.error} />}
    </Dialog>
  );
}
