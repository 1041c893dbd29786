/** A state: always an icon and a word, never color alone. */
import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  MinusCircleFilled,
  SyncOutlined,
} from '@ant-design/icons';

const ICONS = {
  ok: CheckCircleFilled,
  busy: ClockCircleFilled,
  working: SyncOutlined,
  warn: ExclamationCircleFilled,
  bad: CloseCircleFilled,
  calm: MinusCircleFilled,
} as const;
export type Tone = keyof typeof ICONS;

export function StatusMark({ tone, word }: { readonly tone: Tone; readonly word: string }) {
  const Icon = ICONS[tone];
  return (
    <span className={`status status-${tone}`}>
      <Icon aria-hidden />
      {word}
    </span>
  );
}
