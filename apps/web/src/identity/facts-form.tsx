import type { FactField } from '@signet/protocol/page-api';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAction } from '../api/action.ts';
import { Button } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { FactInput, LockedFact } from './fact-input.tsx';
import { type FactName, type FactProblem, factProblem, tidyFact } from './fact-rules.ts';
import { FactsNotice } from './facts-notice.tsx';
import { IDENTITY_TEXTS } from './texts.ts';

export type FactValues = Readonly<Partial<Record<FactName, string>>>;

/** What is typed, kept over a change of mode; fields that were left are judged. */
export function useFacts(fields: readonly FactField<FactName>[]) {
  const [values, setValues] = useState<FactValues>(() =>
    Object.fromEntries(fields.filter(({ locked }) => !locked).map(({ name, value }) => [name, value])),
  );
  const [left, setLeft] = useState<ReadonlySet<FactName>>(new Set());
  return {
    ...{ values, left },
    change: (changed: FactValues) => setValues((before) => ({ ...before, ...changed })),
    leave: (names: readonly FactName[]) => setLeft((before) => new Set([...before, ...names])),
  };
}

interface FactsFormProps {
  readonly facts: ReturnType<typeof useFacts>;
  readonly shown: readonly FactField<FactName>[];
  readonly appName: string;
  readonly words: { readonly label: (name: FactName) => string; readonly hint: (name: FactName) => string };
  /** May stay empty. */
  readonly optional?: readonly FactName[];
  readonly submitLabel: string;
  /** Hands in the tidied facts. @throws PageCallError */
  readonly submit: (facts: FactValues) => Promise<void>;
  readonly children?: ReactNode;
}

export function FactsForm(props: FactsFormProps) {
  const { facts, shown, appName, words, optional = [], submitLabel } = props;
  const say = useTexts(IDENTITY_TEXTS);
  const action = useAction();
  const open = shown.filter(({ locked }) => !locked).map(({ name }) => name);
  const tidy = (name: FactName): string => tidyFact(name, facts.values[name] ?? '');
  const problemOf = (name: FactName): FactProblem | undefined => {
    const problem = factProblem(name, tidy(name));
    return problem === 'missing' && optional.includes(name) ? undefined : problem;
  };
  const handIn = (): void => {
    facts.leave(open);
    if (open.some(problemOf)) return;
    const given = open.filter((name) => tidy(name) !== '').map((name) => [name, tidy(name)] as const);
    void action.run(() => props.submit(Object.fromEntries(given)));
  };
  const press = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    handIn();
    // After the fields have been marked.
    requestAnimationFrame(() => form.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <form className="identity-card" onSubmit={press} noValidate>
      {props.children}
      {shown.map(({ name, value, locked }) =>
        locked ? (
          <LockedFact key={name} label={words.label(name)} {...{ value, appName }} />
        ) : (
          <FactInput
            key={name}
            label={words.label(name)}
            value={facts.values[name] ?? ''}
            onChange={(typed) => facts.change({ [name]: typed })}
            onLeave={() => tidy(name) !== '' && facts.leave([name])}
            problem={problemWords(say, facts.left.has(name) ? problemOf(name) : undefined)}
            hint={words.hint(name)}
            {...TYPING[name]}
          />
        ),
      )}
      {action.error && <FactsNotice error={action.error} onRetry={handIn} />}
      <Button type="submit" wide busy={action.isBusy} busyLabel={say('working')}>
        {submitLabel}
      </Button>
    </form>
  );
}

type SayIdentity = ReturnType<typeof useTexts<keyof typeof IDENTITY_TEXTS.zh>>;

function problemWords(say: SayIdentity, problem: FactProblem | undefined): string {
  return problem ? say(`problem${problem}`) : '';
}

const TYPING: Partial<Record<FactName, { inputMode?: 'numeric' | 'tel'; autoComplete?: string }>> = {
  mobile: { inputMode: 'tel', autoComplete: 'tel-national' },
  bankCardNumber: { inputMode: 'numeric' },
};
