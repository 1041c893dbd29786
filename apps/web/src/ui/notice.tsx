import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';
import './notice.css';

export type Tone = 'ok' | 'warn' | 'bad' | 'info';

const ICONS: Readonly<Record<Tone, IconName>> = {
  ok: 'check-circle',
  warn: 'warning',
  bad: 'close-circle',
  info: 'info',
};

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: string;
  readonly icon?: IconName;
  readonly children?: ReactNode;
}

/** A state in icon, word and color. What went wrong is read out at once, the rest when there is time. */
export function Notice({ tone, title, icon, children }: NoticeProps) {
  return (
    <div className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icon ?? ICONS[tone]} />
      <div className="notice-body">
        {title && <p className="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
