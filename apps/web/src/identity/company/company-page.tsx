import type { CompanyVerificationState } from '@signet/protocol/page-api';
import { useState } from 'react';
import type { PageClient } from '../../api/page-client.ts';
import { Button } from '../../ui/button.tsx';
import { useTexts } from '../../ui/texts.ts';
import { IdentityFrame } from '../identity-frame.tsx';
import { PersonSteps } from '../person-part.tsx';
import { below, useVerification } from '../use-verification.ts';
import { AmountStep } from './amount-step.tsx';
import './company.css';
import { CompanyStep } from './company-step.tsx';
import { AuditingStep, LetterStep } from './letter-step.tsx';
import { Stages } from './stages.tsx';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';
import { TransferStep } from './transfer-step.tsx';
import { WayStep } from './way-step.tsx';

const stepOf = ({ step, person }: CompanyVerificationState): string => (step === 'agent' ? person.step : step);

/** 企业实名认证: first the agent, then the company, then how the agent proves to act for it. */
export function CompanyPage({ client }: { readonly client: PageClient }) {
  const verification = useVerification<CompanyVerificationState>(client, '/verify-company', stepOf);
  const { state, calls } = verification;
  return (
    <IdentityFrame title="titleCompany" step={state && stepOf(state)} verification={verification}>
      {(shown) => (
        <>
          <Stages step={shown.step} />
          <Step key={stepOf(shown)} state={shown} calls={calls} />
        </>
      )}
    </IdentityFrame>
  );
}

function Step(props: CompanyStepProps) {
  const { state, calls } = props;
  const { person, appName } = state;
  if (state.step === 'agent') {
    return <PersonSteps key={person.step} {...{ person, appName }} calls={below(calls, '/agent')} />;
  }
  if (state.step === 'company') return <CompanyStep {...props} />;
  if (state.step === 'way') return <WayStep {...props} />;
  return <ChosenWay {...props} />;
}

/** The chosen way, which can be left for another one. */
function ChosenWay(props: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  const [isChoosing, setIsChoosing] = useState(false);
  const hasOthers = props.state.modes.filter((mode) => mode !== 'legalRep').length > 1;
  return (
    <>
      {isChoosing ? <WayStep {...props} onChosen={() => setIsChoosing(false)} /> : <WayForm {...props} />}
      {hasOthers && (
        <Button kind="quiet" onClick={() => setIsChoosing(!isChoosing)}>
          {say(isChoosing ? 'keepWay' : 'otherWay')}
        </Button>
      )}
    </>
  );
}

function WayForm(props: CompanyStepProps) {
  switch (props.state.step) {
    case 'transfer':
      return <TransferStep {...props} />;
    case 'amount':
      return <AmountStep {...props} />;
    case 'letter':
      return <LetterStep {...props} />;
    default:
      return <AuditingStep {...props} />;
  }
}
