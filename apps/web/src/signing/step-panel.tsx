import type { SigningState, SigningStep } from '@signet/protocol/page-api';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { useWideScreen } from '../ui/screen.ts';
import { BottomSheet } from '../ui/sheet.tsx';
import { useTexts } from '../ui/texts.ts';
import { ConsentStep } from './consent-step.tsx';
import { ContractFacts } from './contract-dialog.tsx';
import { DeclineDialog } from './decline-dialog.tsx';
import { PartyList } from './party-list.tsx';
import { PlaceStep } from './place-step.tsx';
import { ConfirmStep, IdentifyStep, IntentStep, LandedStep, SealingStep, WaitStep } from './plain-steps.tsx';
import { type CodeWish, mayDecline, type Stop } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { SigningCalls } from './use-signing.ts';

interface StepPanelProps {
  readonly state: SigningState;
  readonly step: SigningStep;
  readonly stops: readonly Stop[];
  readonly calls: SigningCalls;
  readonly isLanding: boolean;
  readonly reveal: (stop: Stop) => void;
  readonly onChoose: () => void;
  readonly code: CodeWish;
  readonly onCode: (wish: CodeWish) => void;
  readonly onResult: () => void;
}

/** What is next: one sentence, one primary button, and the way to refuse. */
export function StepPanel(props: StepPanelProps) {
  const { state, calls } = props;
  const say = useTexts(SIGNING_TEXTS);
  const isWide = useWideScreen();
  const [isDeclining, setIsDeclining] = useState(false);
  const decline = mayDecline(state) && !props.isLanding && (
    <Button kind="secondary" onClick={() => setIsDeclining(true)}>
      {say('decline')}
    </Button>
  );
  return (
    <BottomSheet label={say('steps')} className="signing-panel">
      <div className="sheet-step">
        <CurrentStep {...props} decline={decline} />
      </div>
      {isWide && (
        <div className="signing-facts">
          <h2>{say('parties')}</h2>
          <PartyList parties={state.parties} />
          <ContractFacts state={state} />
        </div>
      )}
      {isDeclining && <DeclineDialog calls={calls} onClose={() => setIsDeclining(false)} />}
    </BottomSheet>
  );
}

function CurrentStep(props: StepPanelProps & { readonly decline: ReactNode }) {
  const { state, step, stops, calls, isLanding, reveal, onChoose, onCode, onResult, decline } = props;
  const say = useTexts(SIGNING_TEXTS);
  if (isLanding) return <LandedStep />;
  switch (step) {
    case 'identify':
      return <IdentifyStep state={state} calls={calls} />;
    case 'wait':
      return <WaitStep state={state} />;
    case 'consent':
      return <ConsentStep calls={calls} decline={decline} />;
    case 'place':
      return <PlaceStep {...{ state, stops, reveal, onChoose, decline }} onConfirm={() => onCode('pressed')} />;
    case 'intent':
      return (
        <IntentStep
          {...{ state, calls, decline }}
          asksAtOnce={props.code === 'pressed'}
          onBack={() => onCode('none')}
        />
      );
    case 'confirm':
      return <ConfirmStep calls={calls} decline={decline} />;
    case 'sealing':
      return <SealingStep />;
    case 'closed':
      return (
        <Button kind="secondary" icon="back" wide onClick={onResult}>
          {say('viewBack')}
        </Button>
      );
  }
}
