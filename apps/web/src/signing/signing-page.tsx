import { useEffect, useState } from 'react';
import { FailurePage } from '../api/failure-page.tsx';
import type { PageClient } from '../api/page-client.ts';
import { isDeadLink } from '../api/page-error.ts';
import { useTexts } from '../ui/texts.ts';
import type { FirstState } from './first-state.ts';
import { LoadingScreen } from './loading-screen.tsx';
import { ReadingScreen } from './reading-screen.tsx';
import { ResultScreen } from './result-screen.tsx';
import { SIGNING_TEXTS } from './texts.ts';
import { useSigning } from './use-signing.ts';

interface SigningPageProps {
  readonly client: PageClient;
  readonly first: FirstState;
}

/** One party's page, from the link to the result. */
export function SigningPage({ client, first }: SigningPageProps) {
  const signing = useSigning(client, first);
  const say = useTexts(SIGNING_TEXTS);
  const [isReading, setIsReading] = useState(false);
  const { state, error, landing } = signing;
  const name = state?.contract.name;
  useEffect(() => {
    document.title = name ?? say('steps');
  }, [name, say]);

  if (error && (!state || isDeadLink(error))) return <FailurePage error={error} onRetry={signing.reload} />;
  if (!state) return <LoadingScreen />;
  if (state.step === 'closed' && !landing && !isReading) {
    const canRead = state.files.length > 0;
    return (
      <ResultScreen
        state={state}
        client={client}
        endedHere={signing.endedHere}
        {...(canRead ? { onRead: () => setIsReading(true) } : {})}
      />
    );
  }
  return (
    <ReadingScreen
      state={landing ?? state}
      isLanding={landing !== null}
      client={client}
      first={first}
      calls={signing.calls}
      onResult={() => setIsReading(false)}
    />
  );
}
