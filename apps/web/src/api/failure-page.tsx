import { useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useTexts } from '../ui/texts.ts';
import './failure-page.css';
import { FAILURE_TEXTS } from './failure-texts.ts';
import { useFailureWords } from './failure-words.ts';
import { isDeadLink, type PageCallError } from './page-error.ts';

interface FailurePageProps {
  readonly error: PageCallError;
  readonly onRetry: () => void;
}

/** The page has nothing else to show. */
export function FailurePage({ error, onRetry }: FailurePageProps) {
  const say = useTexts(FAILURE_TEXTS);
  const { title, hint, logKey } = useFailureWords()(error);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className="failure-page">
      <div className="failure-page-card">
        <Icon name={iconOf(error)} size={40} />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="muted">{hint}</p>
        {logKey && <p className="small muted">{say('logKey', { logKey })}</p>}
        {!isDeadLink(error) && (
          <Button kind="secondary" onClick={onRetry}>
            {say('retry')}
          </Button>
        )}
      </div>
    </main>
  );
}

function iconOf(error: PageCallError): IconName {
  if (isDeadLink(error)) return 'link';
  return error.trouble === 'offline' ? 'offline' : 'warning';
}
