import { type ReactNode, useState } from 'react';
import { AppearanceDialog } from './appearance-dialog.tsx';
import { IconButton } from './button.tsx';
import './column-page.css';
import { useTexts } from './texts.ts';
import { UI_TEXTS } from './ui-texts.ts';

interface ColumnPageProps {
  /** Absent while the page loads; the bar is there already, so that nothing jumps. */
  readonly title?: string;
  readonly sandbox?: boolean;
  readonly busy?: boolean;
  readonly children: ReactNode;
  /** Below the column, such as a sheet with what comes next. */
  readonly footer?: ReactNode;
}

/** A page of one column under a bar with its title. */
export function ColumnPage({ title, sandbox = false, busy = false, children, footer }: ColumnPageProps) {
  return (
    <div className="column-page" aria-busy={busy}>
      <header className="column-page-bar">{title !== undefined && <Bar title={title} sandbox={sandbox} />}</header>
      <main className="column-page-body">{children}</main>
      {footer}
    </div>
  );
}

function Bar({ title, sandbox }: { readonly title: string; readonly sandbox: boolean }) {
  const say = useTexts(UI_TEXTS);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <span className="column-page-title">{title}</span>
      {sandbox && <span className="column-page-sandbox">{say('sandbox')}</span>}
      <IconButton icon="settings" label={say('display')} onClick={() => setIsOpen(true)} />
      {isOpen && <AppearanceDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}
