import type { CompanyStep } from '@signet/protocol/page-api';
import { Icon } from '../../ui/icons.tsx';
import { useTexts } from '../../ui/texts.ts';
import { COMPANY_TEXTS } from './texts.ts';

const STAGES = ['agent', 'company', 'way', 'result'] as const;

/** How far it has come. */
export function Stages({ step }: { readonly step: CompanyStep }) {
  const say = useTexts(COMPANY_TEXTS);
  const present = step === 'agent' || step === 'company' ? STAGES.indexOf(step) : STAGES.indexOf('way');
  return (
    <ol className="company-stages" aria-label={say('progress')}>
      {STAGES.map((stage, i) => (
        <li
          key={stage}
          className={i < present ? 'company-stage-done' : ''}
          aria-current={i === present ? 'step' : undefined}
        >
          <span className="company-stage-mark" aria-hidden="true">
            {i < present ? <Icon name="check" size={14} /> : i + 1}
          </span>
          {say(`stage${stage}`)}
          {i < present && <span className="visually-hidden">{say('stageDone')}</span>}
        </li>
      ))}
    </ol>
  );
}
