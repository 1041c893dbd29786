import type { GiveConsent } from '@signet/protocol/page-api';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useTexts } from '../ui/texts.ts';
import { useAppearance } from '../ui/use-appearance.ts';
import { CONSENT_CLAUSES, CONSENT_VERSION } from './consent-text.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { SigningCalls } from './use-signing.ts';

interface ConsentStepProps {
  readonly calls: SigningCalls;
  readonly decline: ReactNode;
}

export function ConsentStep({ calls, decline }: ConsentStepProps) {
  const say = useTexts(SIGNING_TEXTS);
  const hintId = useId();
  const check = useRef<HTMLInputElement>(null);
  const [agrees, setAgrees] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const [isReading, setIsReading] = useState(false);
  const action = useAction();

  const agree = (value: boolean): void => {
    setAgrees(value);
    setIsMissing(false);
  };
  const goOn = (): void => {
    if (!agrees) {
      setIsMissing(true);
      check.current?.focus();
      return;
    }
    const body: GiveConsent = { version: CONSENT_VERSION };
    void action.run(() => calls.command('/sign/consent', body));
  };
  return (
    <>
      <p className="sheet-sentence">{say('consentSentence')}</p>
      <Check
        ref={check}
        checked={agrees}
        onChange={agree}
        label={say('consentCheck')}
        missing={isMissing}
        describedBy={hintId}
      >
        <button type="button" className="link-button" aria-haspopup="dialog" onClick={() => setIsReading(true)}>
          {say('consentLink')}
        </button>
      </Check>
      <p id={hintId} className="field-problem" role="alert">
        {isMissing && say('consentMissing')}
      </p>
      {action.error && <FailureNotice error={action.error} onRetry={goOn} />}
      <div className="sheet-actions">
        {decline}
        <Button busy={action.isBusy} busyLabel={say('working')} onClick={goOn}>
          {say('consentSubmit')}
        </Button>
      </div>
      {isReading && (
        <ConsentDialog
          onClose={() => setIsReading(false)}
          onAgree={() => {
            agree(true);
            setIsReading(false);
          }}
        />
      )}
    </>
  );
}

function ConsentDialog({ onClose, onAgree }: { readonly onClose: () => void; readonly onAgree: () => void }) {
  const say = useTexts(SIGNING_TEXTS);
  const { language } = useAppearance();
  return (
    <Dialog
      title={say('consentLink').replace(/[《》]/g, '')}
      onClose={onClose}
      actions={<Button onClick={onAgree}>{say('consentAgree')}</Button>}
    >
      <ol className="consent-clauses">
        {CONSENT_CLAUSES[language].map(([title, words]) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{words}</p>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
