import type { SigningState } from '@signet/protocol/page-api';
import { Dialog } from '../ui/dialog.tsx';
import { useInstants, useTexts } from '../ui/texts.ts';
import { PartyList } from './party-list.tsx';
import { SIGNING_TEXTS } from './texts.ts';

interface ContractDialogProps {
  readonly state: SigningState;
  readonly onClose: () => void;
}

export function ContractDialog({ state, onClose }: ContractDialogProps) {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <Dialog title={say('about')} onClose={onClose}>
      <p className="contract-name">{state.contract.name}</p>
      <ContractFacts state={state} />
      <h3 className="contract-parties">{say('parties')}</h3>
      <PartyList parties={state.parties} />
    </Dialog>
  );
}

/** Who sent it, by when, and who acts for a company. */
export function ContractFacts({ state }: { readonly state: SigningState }) {
  const say = useTexts(SIGNING_TEXTS);
  const instant = useInstants();
  const { self, contract, appName } = state;
  return (
    <div className="contract-facts small muted">
      <p>{say('from', { app: appName })}</p>
      {contract.status === 'signing' && <p>{say('deadline', { at: instant(contract.signDeadlineAt) })}</p>}
      {self.kind === 'organization' && self.agentName && (
        <p>{say('agent', { agent: self.agentName, company: self.name })}</p>
      )}
    </div>
  );
}
