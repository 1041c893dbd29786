import type { CallbackSummary, DeliveryStatus } from '@signet/protocol/console-api';
import { Instant } from '../parts/instant.tsx';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import { useCallbackTexts } from './texts.ts';

const TONES: Readonly<Record<DeliveryStatus, Tone>> = { pending: 'busy', delivered: 'ok', dead: 'bad', unsent: 'calm' };

export function CallbackStatus({ status }: { readonly status: DeliveryStatus }) {
  const texts = useCallbackTexts();
  return (
    <span title={texts(`statusHelp.${status}`)}>
      <StatusMark tone={TONES[status]} word={texts(`status.${status}`)} />
    </span>
  );
}

/** What comes next, or how it ended. */
export function Progress({ callback }: { readonly callback: CallbackSummary }) {
  const texts = useCallbackTexts();
  const { status, tries, nextTryAt, deliveredAt, confirmedAt } = callback;
  if (confirmedAt) return <Moment word={texts('confirmedAt')} at={confirmedAt} />;
  if (deliveredAt) return <Moment word={texts('deliveredAt')} at={deliveredAt} />;
  if (status === 'pending' && tries === 0) return texts('inTurn');
  if (status === 'pending' && nextTryAt) return <Moment word={texts('nextTry')} at={nextTryAt} />;
  return <>–</>;
}

function Moment({ word, at }: { readonly word: string; readonly at: string }) {
  return (
    <>
      {word} <Instant at={at} />
    </>
  );
}
