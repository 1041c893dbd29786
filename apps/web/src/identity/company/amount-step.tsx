import type { PayoutView } from '@signet/protocol/page-api';
import { type FormEvent, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { FailureNotice } from '../../api/failure-notice.tsx';
import type { PageCallError } from '../../api/page-error.ts';
import { usePolling } from '../../api/polling.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useInstants, useTexts } from '../../ui/texts.ts';
import { FactInput } from '../fact-input.tsx';
import { StepHeading } from '../identity-frame.tsx';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';

const PAYOUT_POLL_MS = 5_000;
const AMOUNT = /^\d?(\.\d{1,2})?$/;

/** The payout is on its way, has arrived, or has come back. */
export function AmountStep({ state, calls }: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  const { payout } = state;
  usePolling(payout?.status === 'pending', PAYOUT_POLL_MS, calls.refresh);
  if (!payout) return null;
  return (
    <>
      <StepHeading>{say('amountHeading')}</StepHeading>
      <section className="identity-card">
        <div className="identity-field">
          <p className="identity-field-name">{say('payoutTo')}</p>
          <p>
            {payout.bankName} {payout.account}
          </p>
        </div>
        <PayoutNews payout={payout} />
        {payout.sandboxMessage && (
          <Notice tone="info" title={say('sandboxTitle')}>
            <p>{payout.sandboxMessage}</p>
          </Notice>
        )}
        {payout.status === 'paid' && <AmountForm payout={payout} calls={calls} />}
        {(payout.status === 'failed' || payout.status === 'returned') && <Again calls={calls} />}
      </section>
    </>
  );
}

function PayoutNews({ payout }: { readonly payout: PayoutView }) {
  const say = useTexts(COMPANY_TEXTS);
  const time = useInstants()(payout.expiresAt);
  if (payout.status === 'paid') return <p>{say('payoutPaid', { time })}</p>;
  if (payout.status === 'pending') {
    return (
      <Notice tone="info" icon="clock" title={say('payoutWaiting')}>
        <p>{say('payoutWaitingWords', { time })}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="bad" title={say('payoutFailed')}>
      {payout.failReason && <p>{payout.failReason}</p>}
      <p>{say('payoutFailedWords')}</p>
    </Notice>
  );
}

function Again({ calls }: Pick<CompanyStepProps, 'calls'>) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  return (
    <>
      {action.error && <FailureNotice error={action.error} />}
      <Button
        busy={action.isBusy}
        busyLabel={say('working')}
        onClick={() => void action.run(() => calls.command('/way', { mode: 'transfer' }))}
      >
        {say('payoutAgain')}
      </Button>
    </>
  );
}

function AmountForm({ payout, calls }: Pick<CompanyStepProps, 'calls'> & { readonly payout: PayoutView }) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  const [typed, setTyped] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const amount = typed.trim().replace('。', '.');
  const isAmount = amount !== '' && AMOUNT.test(amount);
  const tell = (event: FormEvent): void => {
    event.preventDefault();
    setIsChecked(true);
    if (isAmount) void action.run(() => calls.command('/amount', { amount: Number(amount).toFixed(2) }));
  };
  return (
    <form className="company-amount" onSubmit={tell} noValidate>
      <FactInput
        label={say('amount')}
        value={typed}
        onChange={setTyped}
        inputMode="decimal"
        hint={say('amountHint', { count: payout.triesLeft })}
        problem={isChecked && !isAmount ? say('amountProblem') : ''}
      />
      {action.error && <AmountNotice error={action.error} />}
      <Button type="submit" wide busy={action.isBusy} busyLabel={say('working')}>
        {say('amountSubmit')}
      </Button>
    </form>
  );
}

function AmountNotice({ error }: { readonly error: PageCallError }) {
  const say = useTexts(COMPANY_TEXTS);
  const left = error.failure?.remainingAttempts;
  if (left === undefined) return <FailureNotice error={error} />;
  return (
    <Notice tone="bad" title={say('amountDiffers')}>
      <p>{say('amountDiffersHint', { count: left })}</p>
    </Notice>
  );
}
