import type { Ref } from 'react';
import './code-input.css';

const LENGTH = 6;
const PLACES = Array.from({ length: LENGTH }, (_, place) => place);

interface CodeInputProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly label: string;
  readonly invalid?: boolean;
  /** Id of what explains the field or its fault. */
  readonly describedBy?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

export const isWholeCode = (code: string): boolean => code.length === LENGTH;

/** Six digits of an SMS code. */
export function CodeInput({ value, onChange, label, invalid = false, describedBy, ref }: CodeInputProps) {
  const next = Math.min(value.length, LENGTH - 1);
  return (
    <span className="code-input">
      <input
        ref={ref}
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, '').slice(0, LENGTH))}
        aria-label={label}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        pattern="[0-9]*"
        enterKeyHint="done"
      />
      <span className="code-boxes" aria-hidden="true">
        {PLACES.map((place) => (
          <span key={place} className={place === next ? 'code-box code-box-next' : 'code-box'}>
            {value[place]}
          </span>
        ))}
      </span>
    </span>
  );
}
