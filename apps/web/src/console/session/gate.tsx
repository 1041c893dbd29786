/** The one card that stands in front of the console. */
import type { ReactNode } from 'react';
import './gate.css';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { LookSwitch } from '../shell/look-switch.tsx';

interface GateProps {
  readonly title?: string;
  readonly text?: string;
  readonly children: ReactNode;
}

export function Gate({ title, text, children }: GateProps) {
  return (
    <div className="gate">
      <div className="gate-top">
        <span className="brand-name">签印 Signet</span>
        <span className="gate-switches">
          <LanguageSwitch />
          <LookSwitch />
        </span>
      </div>
      <main className="gate-card">
        {title && <h1>{title}</h1>}
        {text && <p className="help">{text}</p>}
        {children}
      </main>
    </div>
  );
}
