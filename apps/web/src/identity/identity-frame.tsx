import type { VerificationResult } from '@signet/protocol/page-api';
import { type ReactNode, useEffect, useRef } from 'react';
import { FailurePage } from '../api/failure-page.tsx';
import { isDeadLink } from '../api/page-error.ts';
import { ReturnRow } from '../api/return-row.tsx';
import { ColumnPage } from '../ui/column-page.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useTexts } from '../ui/texts.ts';
import './identity.css';
import { IDENTITY_TEXTS } from './texts.ts';
import type { IdentityState, Verification } from './use-verification.ts';

interface IdentityFrameProps<State extends IdentityState> {
  readonly title: 'titlePerson' | 'titleCompany' | 'titleFace';
  readonly verification: Verification<State>;
  readonly step: string | null;
  /** What must not be read into a result. */
  readonly resultNote?: string | null;
  readonly children: (state: State) => ReactNode;
}

/** What the pages of 实名认证 stand in: bar, failures, result and the way back. */
export function IdentityFrame<State extends IdentityState>(props: IdentityFrameProps<State>) {
  const { title, verification, step, resultNote = null, children } = props;
  const { state, error, changedHere, reload } = verification;
  const say = useTexts(IDENTITY_TEXTS);
  useEffect(() => {
    document.title = say(title);
  }, [say, title]);
  if (error && (!state || isDeadLink(error))) return <FailurePage error={error} onRetry={reload} />;
  const { result = null, redirect = null } = state ?? {};
  return (
    <ColumnPage title={say(title)} sandbox={state?.sandbox ?? false} busy={!state}>
      {!state && <Loading />}
      {state && !result && children(state)}
      {state && result && <ResultCard {...{ result, appName: state.appName, note: resultNote }} />}
      {state && redirect && (
        <ReturnRow
          key={result ? 'over' : 'waiting'}
          {...{ redirect, appName: state.appName, counts: changedHere && result !== null }}
          host={{ origins: state.embeddingOrigins, news: { step: step ?? '', status: result?.status ?? 'processing' } }}
        />
      )}
    </ColumnPage>
  );
}

function Loading() {
  return (
    <>
      <Skeleton width="60%" height="1.6em" />
      <Skeleton height="280px" />
    </>
  );
}

const RESULTS = {
  passed: ['check-circle', 'ok'],
  un_passed: ['close-circle', 'bad'],
  processing: ['clock', 'warn'],
} as const satisfies Record<VerificationResult['status'], readonly [IconName, string]>;
const RESULT_WORDS = { passed: 'passed', un_passed: 'failed', processing: 'processing' } as const;

interface ResultCardProps {
  readonly result: VerificationResult;
  readonly appName: string;
  readonly note: string | null;
}

function ResultCard({ result, appName: app, note }: ResultCardProps) {
  const say = useTexts(IDENTITY_TEXTS);
  const [icon, tone] = RESULTS[result.status];
  const words = RESULT_WORDS[result.status];
  return (
    <div className="identity-result">
      <span className={`identity-mark identity-mark-${tone}`}>
        <Icon name={icon} size={40} />
      </span>
      <StepHeading>{say(words)}</StepHeading>
      {result.reason && <p className="identity-reason">{result.reason}</p>}
      <p className="muted">{say(`${words}Words`, { app })}</p>
      {note && <p className="small muted">{note}</p>}
      <p className="small muted">
        {say('number')} {result.verificationId}
      </p>
    </div>
  );
}

/** Takes the focus when a step follows another, so that it is read out. */
export function StepHeading({ children }: { readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
