import type { BankBranch, OrderPayout } from '@signet/protocol/page-api';
import { type FormEvent, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { FactInput } from '../fact-input.tsx';
import { FactsNotice } from '../facts-notice.tsx';
import { StepHeading } from '../identity-frame.tsx';
import { BankSearch } from './bank-search.tsx';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';

const ACCOUNT = /^\d{6,40}$/;

/** Where the small amount goes. */
export function TransferStep({ state, calls }: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  const [account, setAccount] = useState('');
  const [branch, setBranch] = useState<BankBranch | null>(null);
  const [isChecked, setIsChecked] = useState(false);
  const accountNumber = account.replaceAll(/[\s-]/g, '');
  const isAccount = ACCOUNT.test(accountNumber);
  const order = (): void => {
    setIsChecked(true);
    if (!isAccount || !branch) return;
    const { bankName, branchCode } = branch;
    const body: OrderPayout = { accountNumber, bankName, branchCode };
    void action.run(() => calls.command('/transfer', body));
  };
  const press = (event: FormEvent): void => {
    event.preventDefault();
    order();
  };
  const company = state.fields.find(({ name }) => name === 'name')?.value ?? '';
  const { payout } = state;
  const hasFailed = payout?.status === 'failed' || payout?.status === 'returned';
  return (
    <>
      <StepHeading>{say('transferHeading')}</StepHeading>
      <form className="identity-card" onSubmit={press} noValidate>
        {hasFailed && (
          <Notice tone="bad" title={say('payoutFailed')}>
            {payout.failReason && <p>{payout.failReason}</p>}
            <p>{say('payoutFailedWords')}</p>
          </Notice>
        )}
        <p>{say('transferSentence', { company })}</p>
        <FactInput
          label={say('account')}
          value={account}
          onChange={setAccount}
          inputMode="numeric"
          hint={say('accountHint')}
          problem={isChecked && !isAccount ? say('accountProblem') : ''}
        />
        <BankSearch
          calls={calls}
          chosen={branch}
          onChoose={setBranch}
          problem={isChecked && !branch ? say('bankProblem') : ''}
        />
        {action.error && <FactsNotice error={action.error} onRetry={order} />}
        <Button type="submit" wide busy={action.isBusy} busyLabel={say('working')}>
          {say('transferSubmit')}
        </Button>
      </form>
    </>
  );
}
