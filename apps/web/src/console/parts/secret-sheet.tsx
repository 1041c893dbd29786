/** Secrets that are shown once: nothing goes on before somebody says that they are stored. */
import { Alert, Button, Checkbox } from 'antd';
import { useState } from 'react';
import './secret-sheet.css';
import { useWords } from '../words.ts';
import { CopyButton } from './copyable.tsx';

export interface ShownSecret {
  readonly label: string;
  readonly value: string;
  readonly help?: string;
}

interface SecretSheetProps {
  readonly secrets: readonly ShownSecret[];
  readonly onDone: () => void;
}

export function SecretSheet({ secrets, onDone }: SecretSheetProps) {
  const words = useWords();
  const [isStored, setStored] = useState(false);
  return (
    <div className="secret-sheet">
      <Alert type="warning" showIcon title={words('shownOnce')} />
      <dl>
        {secrets.map(({ label, value, help }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code data-secret={label}>{value}</code>
              <CopyButton text={value}>{words('copy')}</CopyButton>
            </dd>
            {help && <dd className="help">{help}</dd>}
          </div>
        ))}
      </dl>
      <div className="secret-end">
        <Checkbox checked={isStored} onChange={({ target }) => setStored(target.checked)}>
          {words('stored')}
        </Checkbox>
        <Button type="primary" disabled={!isStored} onClick={onDone}>
          {words('done')}
        </Button>
      </div>
    </div>
  );
}
