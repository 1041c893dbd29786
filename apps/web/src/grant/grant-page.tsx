import type { GrantState } from '@signet/protocol/page-api';
import { useEffect, useRef } from 'react';
import { FailurePage } from '../api/failure-page.tsx';
import type { PageClient } from '../api/page-client.ts';
import { isDeadLink } from '../api/page-error.ts';
import { ReturnRow } from '../api/return-row.tsx';
import { ColumnPage } from '../ui/column-page.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTexts } from '../ui/texts.ts';
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
    <ColumnPage title={say('title')} sandbox={state.sandbox} footer={<GrantSteps state={state} calls={calls} />}>
      <GrantHeading state={state} />
      <GrantCard state={state} />
      {redirect && (
        <ReturnRow
          {...{ redirect, appName, counts: changedHere }}
          host={{ origins: state.embeddingOrigins, news: { step, status } }}
        />
      )}
    </ColumnPage>
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
    <ColumnPage busy footer={<LoadingSheet />}>
      <Skeleton width="80%" height="1.6em" />
      <Skeleton height="320px" />
    </ColumnPage>
  );
}

function LoadingSheet() {
  return (
    <section className="sheet" aria-hidden="true">
      <Skeleton height="48px" />
    </section>
  );
}
