import { Select } from 'antd';
import { useWords } from '../words.ts';
import { Field } from './field.tsx';

interface ChoiceFilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string | undefined) => void;
  /** Without it, nothing chosen means all. */
  readonly isRequired?: boolean;
}

export function ChoiceFilter({ label, value, options, onChange, isRequired = false }: ChoiceFilterProps) {
  const words = useWords();
  return (
    <Field label={label}>
      {(id) => (
        <Select
          id={id}
          aria-label={label}
          allowClear={!isRequired}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={isRequired ? '' : words('all')}
          value={value ?? null}
          onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
          options={[...options]}
        />
      )}
    </Field>
  );
}
