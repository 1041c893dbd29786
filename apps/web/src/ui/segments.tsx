import { useId } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './segments.css';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string; readonly icon?: IconName }[];
  readonly onChange: (value: Value) => void;
  /** The label is clear from what stands around it. */
  readonly labelHidden?: boolean;
}

/** One of a few, all in sight: radio buttons in a row. */
export function Segments<Value extends string>({ label, value, choices, onChange, labelHidden }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segments">
      <legend className={labelHidden ? 'visually-hidden' : ''}>{label}</legend>
      <div className="segments-row">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              {choice.icon && <Icon name={choice.icon} />}
              {choice.label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
