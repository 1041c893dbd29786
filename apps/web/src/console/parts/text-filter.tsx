import { Input } from 'antd';
import { Field } from './field.tsx';
import type { FilterState } from './use-filter.ts';

interface TextFilterProps {
  readonly name: string;
  readonly label: string;
  readonly state: Pick<FilterState, 'filter' | 'change'>;
}

/** Ids are pasted whole, so the table waits for Enter instead of asking with every letter. */
export function TextFilter({ name, label, state: { filter, change } }: TextFilterProps) {
  const value = filter[name] ?? '';
  return (
    <Field label={label}>
      {(id) => (
        <Input.Search
          id={id}
          key={value}
          allowClear
          defaultValue={value}
          onSearch={(text) => change({ [name]: text.trim() })}
        />
      )}
    </Field>
  );
}
