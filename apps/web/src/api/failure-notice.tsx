import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { FAILURE_TEXTS } from './failure-texts.ts';
import { useFailureWords } from './failure-words.ts';
import type { PageCallError } from './page-error.ts';

interface FailureNoticeProps {
  readonly error: PageCallError;
  /** Offered when the same call may succeed. */
  readonly onRetry?: () => void;
  readonly id?: string;
}

/** What happened, what it means, what to do, and the number to read out on the phone. */
export function FailureNotice({ error, onRetry, id }: FailureNoticeProps) {
  const say = useTexts(FAILURE_TEXTS);
  const { title, hint, logKey } = useFailureWords()(error);
  return (
    <div id={id}>
      <Notice tone="bad" title={title} {...(error.trouble === 'offline' ? { icon: 'offline' as const } : {})}>
        {hint && <p>{hint}</p>}
        {logKey && <p className="small muted">{say('logKey', { logKey })}</p>}
        {onRetry && error.isPassing && (
          <Button kind="quiet" onClick={onRetry}>
            {say('retry')}
          </Button>
        )}
      </Notice>
    </div>
  );
}
