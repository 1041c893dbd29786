import type { ConsoleContractStatus, ContractParty } from '@signet/protocol/console-api';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import { useContractTexts } from './texts.ts';

const TONES: Readonly<Record<ConsoleContractStatus | ContractParty['status'], Tone>> = {
  waiting: 'calm',
  signing: 'busy',
  sealing: 'working',
  signed: 'ok',
  completed: 'ok',
  declined: 'bad',
  withdrawn: 'calm',
  expired: 'warn',
};

export function ContractStatus({ status }: { readonly status: ConsoleContractStatus }) {
  const texts = useContractTexts();
  return <StatusMark tone={TONES[status]} word={texts(`status.${status}`)} />;
}

export function PartyStatus({ status }: { readonly status: ContractParty['status'] }) {
  const texts = useContractTexts();
  return <StatusMark tone={TONES[status]} word={texts(`party.${status}`)} />;
}
