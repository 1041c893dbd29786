import type { ConsolePayoutStatus, PayoutReview } from '@signet/protocol/console-api';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import { useReviewTexts } from './texts.ts';

const STATUS_TONES: Readonly<Record<ConsolePayoutStatus, Tone>> = {
  pending: 'busy',
  paid: 'ok',
  failed: 'bad',
  returned: 'warn',
};

export function PayoutStatus({ status }: { readonly status: ConsolePayoutStatus }) {
  const texts = useReviewTexts();
  return <StatusMark tone={STATUS_TONES[status]} word={texts(`payout.${status}`)} />;
}

const OUTCOME_TONES: Readonly<Record<PayoutReview['outcome'], Tone>> = {
  processing: 'busy',
  passed: 'ok',
  un_passed: 'bad',
};

export function PayoutOutcome({ outcome }: Pick<PayoutReview, 'outcome'>) {
  const texts = useReviewTexts();
  return <StatusMark tone={OUTCOME_TONES[outcome]} word={texts(`outcome.${outcome}`)} />;
}
