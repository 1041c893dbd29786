import { FailureNotice } from '../api/failure-notice.tsx';
import type { PageCallError } from '../api/page-error.ts';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { IDENTITY_TEXTS } from './texts.ts';

/** Facts that do not fit are a slip to correct; anything else is a failure. */
export function FactsNotice({ error, onRetry }: { readonly error: PageCallError; readonly onRetry?: () => void }) {
  const say = useTexts(IDENTITY_TEXTS);
  const { failure } = error;
  if (failure?.error !== 'FACTS_DIFFER') return <FailureNotice error={error} {...(onRetry && { onRetry })} />;
  return (
    <Notice tone="bad" title={say('differ')}>
      <p>{failure.msg}</p>
      <p>{say('differHint', { count: failure.remainingAttempts ?? 0 })}</p>
    </Notice>
  );
}
