import type { PersonMode, PersonPart, ReadPicture, SentCode } from '@signet/protocol/page-api';
import { useState } from 'react';
import { useAction } from '../api/action.ts';
import { CodeForm } from '../api/code-form.tsx';
import { FailureNotice } from '../api/failure-notice.tsx';
import { usePolling } from '../api/polling.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Segments } from '../ui/segments.tsx';
import '../ui/sheet.css';
import { useTexts } from '../ui/texts.ts';
import { ConsentStep } from './consent-step.tsx';
import { FACTS_OF_MODE, type FactName } from './fact-rules.ts';
import { FactsForm, useFacts } from './facts-form.tsx';
import { StepHeading } from './identity-frame.tsx';
import { PictureReader } from './picture-reader.tsx';
import { IDENTITY_TEXTS } from './texts.ts';
import type { VerificationCalls } from './use-verification.ts';

const FACE_POLL_MS = 3_000;
/** All tries of a page; fewer are worth a warning. */
const FULL_TRIES = 5;

interface PersonPartProps {
  readonly person: PersonPart;
  readonly appName: string;
  /** Paths as below the part's own root. */
  readonly calls: VerificationCalls;
}

/** The steps of a person, or of a company's agent. */
export function PersonSteps(props: PersonPartProps) {
  switch (props.person.step) {
    case 'consent':
      return <ConsentStep {...props} />;
    case 'facts':
      return <FactsStep {...props} />;
    case 'code':
      return <CodeStep {...props} />;
    case 'face':
      return <FaceStep {...props} />;
    case 'done':
      return null;
  }
}

function FactsStep({ person, appName, calls }: PersonPartProps) {
  const say = useTexts(IDENTITY_TEXTS);
  const facts = useFacts(person.fields);
  const { reader, agreed } = person.pictures;
  // Later misses tell it themselves.
  const [triesAtFirst] = useState(person.triesLeft);
  const [mode, setMode] = useState<PersonMode>(person.mode);
  const shown = FACTS_OF_MODE[mode].flatMap((name) => person.fields.filter((field) => field.name === name));
  const hint = (name: FactName): string => {
    if (name === 'mobile') return say(mode === 'bank' ? 'hintmobilebank' : 'hintmobile');
    return say(`hint${name as 'name' | 'idNumber' | 'bankCardNumber'}`);
  };
  const isOpen = (name: FactName): boolean => shown.some((field) => field.name === name && !field.locked);
  const kinds: ReadPicture['kind'][] = [];
  if (isOpen('name') || isOpen('idNumber')) kinds.push('idCardFront');
  if (isOpen('bankCardNumber')) kinds.push('bankCard');
  return (
    <>
      <StepHeading>{say('factsHeading')}</StepHeading>
      <FactsForm
        {...{ facts, shown, appName }}
        words={{ label: (name) => say(name as 'name'), hint }}
        submitLabel={say(mode === 'face' ? 'submitFace' : 'submit')}
        submit={(given) => calls.command('/facts', { mode, facts: given })}
      >
        {person.modes.length > 1 && (
          <Segments
            label={say('mode')}
            value={mode}
            choices={person.modes.map((value) => ({ value, label: say(`mode${value}`) }))}
            onChange={setMode}
          />
        )}
        {triesAtFirst < FULL_TRIES && <Notice tone="warn">{say('triesLeft', { count: triesAtFirst })}</Notice>}
        {reader && kinds.length > 0 && (
          <PictureReader {...{ kinds, calls }} pictures={{ reader, agreed }} onRead={facts.change} />
        )}
      </FactsForm>
    </>
  );
}

function CodeStep({ person, calls }: PersonPartProps) {
  const say = useTexts(IDENTITY_TEXTS);
  return (
    <>
      <StepHeading>{say('codeHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('codeSentence')}</p>
        <CodeForm
          phone={person.phone ?? ''}
          request={() => calls.ask<SentCode>('/code')}
          submit={(code) => calls.command('/code/check', { code })}
          submitLabel={say('codeSubmit')}
          busyLabel={say('codeBusy')}
        >
          <ChangeFacts calls={calls} label={say('change')} />
        </CodeForm>
      </section>
    </>
  );
}

function FaceStep({ person, calls }: PersonPartProps) {
  const say = useTexts(IDENTITY_TEXTS);
  usePolling(true, FACE_POLL_MS, calls.refresh);
  return (
    <>
      <StepHeading>{say('faceHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('faceSentence')}</p>
        {person.faceUrl && (
          <a className="button button-primary button-wide" href={person.faceUrl}>
            {say('faceGo')}
          </a>
        )}
        <ChangeFacts calls={calls} label={say(person.modes.length > 1 ? 'faceOther' : 'change')} />
      </section>
    </>
  );
}

/** Back to the form, e.g. for another mobile. */
function ChangeFacts({ calls, label }: { readonly calls: VerificationCalls; readonly label: string }) {
  const say = useTexts(IDENTITY_TEXTS);
  const action = useAction();
  return (
    <>
      <Button
        kind="secondary"
        busy={action.isBusy}
        busyLabel={say('working')}
        onClick={() => void action.run(() => calls.command('/facts/again'))}
      >
        {label}
      </Button>
      {action.error && <FailureNotice error={action.error} />}
    </>
  );
}
