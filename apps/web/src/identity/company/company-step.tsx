import { useState } from 'react';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import type { FactName } from '../fact-rules.ts';
import { FactsForm, useFacts } from '../facts-form.tsx';
import { StepHeading } from '../identity-frame.tsx';
import { PictureReader } from '../picture-reader.tsx';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';

/** All tries of a page; fewer are worth a warning. */
const FULL_TRIES = 5;

/** What the registry is asked about. */
export function CompanyStep({ state, calls }: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  const facts = useFacts(state.fields);
  const { reader, agreed } = state.pictures;
  // Later misses tell it themselves.
  const [triesAtFirst] = useState(state.triesLeft);
  const isOpen = state.fields.some(({ name, locked }) => !locked && name !== 'representativeIdNumber');
  // A company that has begun without its representative's number keeps it empty.
  const shown = state.fields.filter(({ locked, value }) => !locked || value !== '');
  const label = (name: FactName): string => say(name as 'name');
  const hint = (name: FactName): string => say(`hint${name as 'name'}`);
  return (
    <>
      <StepHeading>{say('companyHeading')}</StepHeading>
      <FactsForm
        {...{ facts, shown, appName: state.appName }}
        words={{ label, hint }}
        optional={['representativeIdNumber']}
        submitLabel={say('submit')}
        submit={(given) => calls.command('/company', { facts: given })}
      >
        {triesAtFirst < FULL_TRIES && <Notice tone="warn">{say('triesLeft', { count: triesAtFirst })}</Notice>}
        {reader && isOpen && (
          <PictureReader
            kinds={['businessLicense']}
            pictures={{ reader, agreed }}
            calls={calls}
            onRead={facts.change}
          />
        )}
      </FactsForm>
    </>
  );
}
