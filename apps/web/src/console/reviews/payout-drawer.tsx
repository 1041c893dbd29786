import type { PayoutReview } from '@signet/protocol/console-api';
import { App, Button, Descriptions, Drawer } from 'antd';
import { useState } from 'react';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { useMay } from '../session/session.ts';
import { useAskBank } from './calls.ts';
import { EndPayoutDialog } from './end-payout-dialog.tsx';
import { PayoutOutcome, PayoutStatus } from './payout-status.tsx';
import './reviews.css';
import { useReviewTexts } from './texts.ts';

interface PayoutDrawerProps {
  readonly payout: PayoutReview;
  readonly onClose: () => void;
}

/** One payout, and what may be done about it while it is open. */
export function PayoutDrawer({ payout, onClose }: PayoutDrawerProps) {
  const texts = useReviewTexts();
  const may = useMay();
  const isOpen = payout.outcome === 'processing';
  return (
    <Drawer open size="large" title={texts('payoutSheet')} onClose={onClose}>
      <div className="review-letter">
        <PayoutFacts payout={payout} />
        {isOpen && may('payouts.decide') && <PayoutActions payout={payout} />}
        {!isOpen && <p>{texts('payoutOver')}</p>}
      </div>
    </Drawer>
  );
}

function PayoutFacts({ payout }: Pick<PayoutDrawerProps, 'payout'>) {
  const texts = useReviewTexts();
  const { company, account, status, outcome, reason, startedAt, expiresAt, endedAt, triesLeft } = payout;
  return (
    <Descriptions
      column={1}
      size="small"
      items={[
        { key: 'company', label: texts('companyName'), children: company.name },
        { key: 'number', label: texts('companyNumber'), children: company.idNumber },
        {
          key: 'account',
          label: texts('account'),
          children: account ? `${account.bankName} ${account.number}` : texts('accountForgotten'),
        },
        { key: 'status', label: texts('payoutStatus'), children: <PayoutStatus status={status} /> },
        { key: 'outcome', label: texts('outcome'), children: <PayoutOutcome outcome={outcome} /> },
        { key: 'reason', label: texts('reason'), children: reason ?? '–' },
        { key: 'tries', label: texts('tries'), children: triesLeft },
        { key: 'started', label: texts('startedAt'), children: <Instant at={startedAt} /> },
        { key: 'expires', label: texts('expiresAt'), children: expiresAt ? <Instant at={expiresAt} /> : '–' },
        { key: 'ended', label: texts('endedAt'), children: endedAt ? <Instant at={endedAt} /> : '–' },
        { key: 'verification', label: texts('verificationId'), children: <Copyable text={payout.verificationId} /> },
        { key: 'check', label: texts('checkId'), children: <Copyable text={payout.checkId} /> },
      ]}
    />
  );
}

function PayoutActions({ payout }: Pick<PayoutDrawerProps, 'payout'>) {
  const texts = useReviewTexts();
  const { message } = App.useApp();
  const ask = useAskBank(payout.checkId);
  const [isEnding, setEnding] = useState(false);
  const onSuccess = ({ status }: PayoutReview) =>
    void message.info(texts(status === payout.status ? 'bankSame' : 'bankChanged'));
  return (
    <div>
      <p>{texts('payoutHelp')}</p>
      {ask.error && <Failure error={ask.error} />}
      <div className="dialog-end">
        <Button danger onClick={() => setEnding(true)}>
          {texts('endPayout')}
        </Button>
        <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate(undefined, { onSuccess })}>
          {texts('askBank')}
        </Button>
      </div>
      {isEnding && <EndPayoutDialog payout={payout} onClose={() => setEnding(false)} />}
    </div>
  );
}
