import type { CompanyMode } from '@signet/protocol/page-api';
import { useAction } from '../../api/action.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { FactsNotice } from '../facts-notice.tsx';
import { StepHeading } from '../identity-frame.tsx';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';

/** A representative who is the agent is through with the facts; at this step that way is closed. */
type OpenMode = Exclude<CompanyMode, 'legalRep'>;
const isOpenMode = (mode: CompanyMode): mode is OpenMode => mode !== 'legalRep';

const ICONS: Readonly<Record<OpenMode, IconName>> = { transfer: 'clock', letter: 'file' };

/** What each way needs and how long it takes. */
export function WayStep({ state, calls, onChosen }: CompanyStepProps & { readonly onChosen?: () => void }) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  const modes = state.modes.filter(isOpenMode);
  const choose = async (mode: OpenMode): Promise<void> => {
    if (await action.run(() => calls.command('/way', { mode }))) onChosen?.();
  };
  return (
    <>
      <StepHeading>{say('wayHeading')}</StepHeading>
      {modes.length > 0 ? (
        <p className="muted">{say('waySentence')}</p>
      ) : (
        <Notice tone="warn" title={say('wayNone')}>
          <p>{say('wayNoneHint', { app: state.appName })}</p>
        </Notice>
      )}
      <ul className="company-ways">
        {modes.map((mode) => (
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
