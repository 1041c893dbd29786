import type { ReactNode, Ref } from 'react';
import './check.css';

interface CheckProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  /** Beside the label but not part of it, such as the text that is agreed to. */
  readonly children?: ReactNode;
  readonly missing?: boolean;
  readonly describedBy?: string;
  readonly ref?: Ref<HTMLInputElement>;
}

export function Check({ checked, onChange, label, children, missing = false, describedBy, ref }: CheckProps) {
  return (
    <div className={missing ? 'check check-missing' : 'check'}>
      <label>
        <input
          ref={ref}
          type="checkbox"
          checked={checked}
          aria-invalid={missing}
          aria-describedby={describedBy}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{label}</span>
      </label>
      {children}
    </div>
  );
}
