/** From when until when, in the viewer's zone; instants in UTC inside. */
import { Input } from 'antd';
import { useWords } from '../words.ts';
import { Field } from './field.tsx';

interface TimeRangeProps {
  readonly begin: string | undefined;
  readonly end: string | undefined;
  readonly onChange: (range: { begin?: string; end?: string }) => void;
}

export function TimeRange({ begin, end, onChange }: TimeRangeProps) {
  const words = useWords();
  return (
    <>
      <Moment label={words('begin')} value={begin} onChange={(changed) => onChange({ begin: changed })} />
      <Moment label={words('end')} value={end} onChange={(changed) => onChange({ end: changed })} />
    </>
  );
}

interface MomentProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (instant: string) => void;
}

function Moment({ label, value, onChange }: MomentProps) {
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          type="datetime-local"
          value={toLocal(value)}
          onChange={({ target }) => onChange(toInstant(target.value))}
        />
      )}
    </Field>
  );
}

/** `2026-11-24T19:30` in the viewer's zone, as the browser's own field wants it. */
function toLocal(instant: string | undefined): string {
  if (!instant || Number.isNaN(Date.parse(instant))) return '';
  const at = new Date(instant);
  const pad = (number: number) => String(number).padStart(2, '0');
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day}T${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function toInstant(local: string): string {
  return local === '' || Number.isNaN(Date.parse(local)) ? '' : new Date(local).toISOString();
}
