import { type ReactNode, useId } from 'react';

interface FieldProps {
  readonly label: string;
  /** The control, which takes the id that the label points at. */
  readonly children: (id: string) => ReactNode;
}

export function Field({ label, children }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
