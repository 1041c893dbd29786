import type { CompanyMode } from '@signet/protocol/page-api';
import { useAction } from '../../api/action.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { useTexts } from '../../ui/texts.ts';
import { FactsNotice } from '../facts-notice.tsx';
import { StepHeading } from '../identity-frame.tsx';
import type { CompanyStepProps } from './company-page.tsx';
import { COMPANY_TEXTS } from './texts.ts';

const ICONS: Readonly<Record<CompanyMode, IconName>> = { legalRep: 'pen', transfer: 'clock', letter: 'file' };

/** What each way needs and how long it takes. */
export function WayStep({ state, calls, onChosen }: CompanyStepProps & { readonly onChosen?: () => void }) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  const choose = async (mode: CompanyMode): Promise<void> => {
    if (await action.run(() => calls.command('/way', { mode }))) onChosen?.();
  };
  return (
    <>
      <StepHeading>{say('wayHeading')}</StepHeading>
      <p className="muted">{say('waySentence')}</p>
      <ul className="company-ways">
        {state.modes.map((mode) => (
          <li key={mode}>
            <button type="button" aria-disabled={action.isBusy} onClick={() => void choose(mode)}>
              <Icon name={ICONS[mode]} />
              <span>
                <strong>{say(`way${mode}`)}</strong>
                <span>{say(`way${mode}Needs`)}</span>
                <span className="small muted">{say(`way${mode}Time`)}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {action.isBusy && say('working')}
      </p>
      {action.error && <FactsNotice error={action.error} />}
    </>
  );
}
