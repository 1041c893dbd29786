import type { GrantState } from '@signet/protocol/page-api';
import { useEffect, useRef, useState } from 'react';
import { FailurePage } from '../api/failure-page.tsx';
import type { PageClient } from '../api/page-client.ts';
import { isDeadLink } from '../api/page-error.ts';
import { ReturnRow } from '../api/return-row.tsx';
import { AppearanceDialog } from '../ui/appearance-dialog.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTexts } from '../ui/texts.ts';
import { UI_TEXTS } from '../ui/ui-texts.ts';
import { GrantCard } from './grant-card.tsx';
import { GrantSteps } from './grant-steps.tsx';
import './grant.css';
import { GRANT_TEXTS } from './texts.ts';
import { useGrant } from './use-grant.ts';

/** The owner of a seal lets an app sign with it, or stops that. */
export function GrantPage({ client }: { readonly client: PageClient }) {
  const grant = useGrant(client);
  const say = useTexts(GRANT_TEXTS);
  const { state, error, calls, changedHere, reload } = grant;
  useEffect(() => {
    document.title = say('title');
  }, [say]);
  if (error && (!state || isDeadLink(error))) return <FailurePage error={error} onRetry={reload} />;
  if (!state) return <LoadingPage />;
  const { step, status, redirect, appName } = state;
  return (
    <div className="grant">
      <GrantBar sandbox={state.sandbox} />
      <main className="grant-body">
        <GrantHeading state={state} />
        <GrantCard state={state} />
        {redirect && (
          <ReturnRow
            {...{ redirect, appName, counts: changedHere }}
            host={{ origins: state.embeddingOrigins, news: { step, status } }}
          />
        )}
      </main>
      <GrantSteps state={state} calls={calls} />
    </div>
  );
}

function GrantBar({ sandbox }: { readonly sandbox: boolean }) {
  const say = useTexts(GRANT_TEXTS);
  const sayUi = useTexts(UI_TEXTS);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <header className="grant-bar">
      <span className="grant-bar-title">{say('title')}</span>
      {sandbox && <span className="grant-sandbox">{sayUi('sandbox')}</span>}
      <IconButton icon="settings" label={sayUi('display')} onClick={() => setIsOpen(true)} />
      {isOpen && <AppearanceDialog onClose={() => setIsOpen(false)} />}
    </header>
  );
}

const CLOSED_ICONS: Readonly<Record<GrantState['status'], readonly [IconName, string]>> = {
  pending: ['seal', 'quiet'],
  authorized: ['check-circle', 'ok'],
  cancelled: ['undo', 'quiet'],
  expired: ['clock', 'warn'],
};

function GrantHeading({ state }: { readonly state: GrantState }) {
  const say = useTexts(GRANT_TEXTS);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(state.status);
  const { status, step, appName: app, authorizedAt } = state;
  useEffect(() => {
    if (first.current !== status) heading.current?.focus();
  }, [status]);
  const [icon, tone] = CLOSED_ICONS[status];
  const words = {
    pending: say('heading', { app }),
    authorized: say('headingGranted', { app }),
    cancelled: say(authorizedAt ? 'headingCancelled' : 'headingRefused'),
    expired: say('headingExpired'),
  };
  return (
    <div className="grant-heading">
      {step !== 'review' && (
        <span className={`grant-mark grant-mark-${tone}`}>
          <Icon name={icon} size={32} />
        </span>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {words[status]}
      </h1>
      {step === 'closed' && (
        <p className="muted">{say(status === 'expired' ? 'closedExpired' : 'closedCancelled', { app })}</p>
      )}
    </div>
  );
}

function LoadingPage() {
  return (
    <div className="grant" aria-busy="true">
      <header className="grant-bar" />
      <main className="grant-body">
        <Skeleton width="80%" height="1.6em" />
        <Skeleton height="320px" />
      </main>
      <section className="sheet" aria-hidden="true">
        <Skeleton height="48px" />
      </section>
    </div>
  );
}
