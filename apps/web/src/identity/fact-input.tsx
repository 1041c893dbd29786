import { useId } from 'react';
import { Icon } from '../ui/icons.tsx';
import { useTexts } from '../ui/texts.ts';
import { IDENTITY_TEXTS } from './texts.ts';

interface FactInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  /** In words that help; empty when there is none. */
  readonly problem?: string;
  readonly hint?: string;
  readonly inputMode?: 'text' | 'numeric' | 'tel' | 'decimal';
  readonly autoComplete?: string;
  readonly maxLength?: number;
}

/** A field with its label above, and below what is wrong with it or what belongs there. */
export function FactInput(props: FactInputProps) {
  const { label, value, onChange, onLeave, problem = '', hint = '', inputMode = 'text', maxLength = 100 } = props;
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <div className="identity-field">
      <label htmlFor={id}>{label}</label>
      <input
        {...{ id, value, inputMode, maxLength }}
        autoComplete={props.autoComplete ?? 'off'}
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem !== ''}
        aria-describedby={helpId}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      <p id={helpId} className={problem ? 'field-problem' : 'identity-field-hint'} aria-live="polite">
        {problem || hint}
      </p>
    </div>
  );
}

/** What the app has fixed. */
export function LockedFact(props: { readonly label: string; readonly value: string; readonly appName: string }) {
  const say = useTexts(IDENTITY_TEXTS);
  return (
    <div className="identity-field">
      <p className="identity-field-name">{props.label}</p>
      <p className="identity-locked">
        <Icon name="lock" />
        {props.value}
      </p>
      <p className="identity-field-hint">{say('locked', { app: props.appName })}</p>
    </div>
  );
}
