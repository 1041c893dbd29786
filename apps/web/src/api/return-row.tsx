import type { EmbeddedPageMessage, Redirect } from '@signet/protocol/page-api';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { useCountdown } from '../ui/countdown.ts';
import { useTexts } from '../ui/texts.ts';
import { tellHost } from './host.ts';
import './return-row.css';
import { RETURN_TEXTS } from './return-texts.ts';

interface ReturnRowProps {
  readonly redirect: Redirect;
  readonly appName: string;
  /** Goes back by itself: only after what has just been done here, not when somebody opens an old link. */
  readonly counts: boolean;
  readonly host: {
    readonly origins: readonly string[];
    readonly news: Omit<EmbeddedPageMessage, 'source' | 'event'>;
  };
}

/** Back to where the person came from; anybody who needs longer can stay. */
export function ReturnRow({ redirect, appName, counts, host }: ReturnRowProps) {
  const say = useTexts(RETURN_TEXTS);
  const [endsAt, setEndsAt] = useState(() => (counts ? Date.now() + redirect.delaySeconds * 1_000 : null));
  const secondsLeft = useCountdown(endsAt);
  const hasLeft = useRef(false);
  const leave = (): void => {
    if (hasLeft.current) return;
    hasLeft.current = true;
    tellHost(host.origins, { event: 'leaving', ...host.news });
    window.location.assign(redirect.url);
  };
  const isOver = endsAt !== null && secondsLeft === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the time is over
  useEffect(() => {
    if (isOver) leave();
  }, [isOver]);
  const back = (): void => {
    hasLeft.current = false;
    leave();
  };
  return (
    <div className="return-row">
      <Button kind="secondary" wide onClick={back}>
        {say('now', { app: appName })}
      </Button>
      {endsAt !== null && secondsLeft > 0 && (
        <p className="small muted">
          {say('in', { seconds: secondsLeft })}
          <Button kind="quiet" onClick={() => setEndsAt(null)}>
            {say('stay')}
          </Button>
        </p>
      )}
    </div>
  );
}
