import type { PageDownloads, SigningOutcome, SigningState } from '@signet/protocol/page-api';
import { useEffect, useRef, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import type { PageClient } from '../api/page-client.ts';
import { ReturnRow } from '../api/return-row.tsx';
import { Button } from '../ui/button.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useInstants, useTexts } from '../ui/texts.ts';
import { PartyList } from './party-list.tsx';
import './result-screen.css';
import { shownParties, unsignedCount } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';
import { TopBar } from './top-bar.tsx';

const LOOKS: Readonly<Record<SigningOutcome, { readonly icon: IconName; readonly tone: string }>> = {
  signed: { icon: 'check-circle', tone: 'ok' },
  declined: { icon: 'close-circle', tone: 'bad' },
  withdrawn: { icon: 'undo', tone: 'quiet' },
  expired: { icon: 'clock', tone: 'warn' },
};

const TITLES = {
  signed: 'doneTitle',
  declined: 'declinedTitle',
  withdrawn: 'withdrawnTitle',
  expired: 'expiredTitle',
} as const;

interface ResultScreenProps {
  readonly state: SigningState;
  readonly client: PageClient;
  readonly endedHere: boolean;
  /** Absent when there is nothing this party may read. */
  readonly onRead?: () => void;
}

/** How it ended, who has signed, what happens next, and the file. */
export function ResultScreen({ state, client, endedHere, onRead }: ResultScreenProps) {
  const say = useTexts(SIGNING_TEXTS);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const outcome = state.outcome ?? 'expired';
  const { icon, tone } = LOOKS[outcome];
  const { contractId } = state.contract;
  return (
    <div className="result">
      <TopBar state={state} />
      <main className="result-body">
        <div className={`result-mark result-mark-${tone}`}>
          <Icon name={icon} size={48} />
        </div>
        <h2 ref={heading} tabIndex={-1} className="result-title">
          {say(TITLES[outcome])}
        </h2>
        <p className="result-words">{useWords(state, outcome)}</p>
        <Reason state={state} outcome={outcome} />
        <section className="result-card" aria-label={say('parties')}>
          <PartyList parties={shownParties(state)} />
        </section>
        {outcome === 'signed' && <Downloads client={client} />}
        {onRead && (
          <Button kind="quiet" icon="file" onClick={onRead}>
            {say('view')}
          </Button>
        )}
        {state.redirect && (
          <ReturnRow
            redirect={state.redirect}
            appName={state.appName}
            counts={endedHere}
            host={{ origins: state.embeddingOrigins, news: { contractId, step: state.step, status: outcome } }}
          />
        )}
      </main>
    </div>
  );
}

function useWords(state: SigningState, outcome: SigningOutcome): string {
  const say = useTexts(SIGNING_TEXTS);
  if (outcome === 'withdrawn') return say('withdrawnHint');
  if (outcome === 'expired') return say('expiredHint');
  if (outcome === 'declined') {
    const isOwn = state.parties.some(({ isSelf, status }) => isSelf && status === 'declined');
    return say(isOwn ? 'declinedSelf' : 'declinedOther');
  }
  if (state.contract.status === 'completed') return say(state.sandbox ? 'doneSandbox' : 'doneAll');
  const count = unsignedCount(state);
  return count > 0 && state.contract.status === 'signing' ? say('doneNext', { count }) : '';
}

function Reason({ state, outcome }: { readonly state: SigningState; readonly outcome: SigningOutcome }) {
  const say = useTexts(SIGNING_TEXTS);
  const instant = useInstants();
  const { signedAt, declineReason } = state.self;
  if (outcome === 'signed') {
    return (
      signedAt && (
        <p className="small muted">
          {say('doneAt')} {instant(signedAt)}
        </p>
      )
    );
  }
  const reason = declineReason ?? state.contract.closingReason;
  if (!reason) return null;
  return (
    <p className="result-reason">
      <span className="muted">{say('reason')}</span> {reason}
    </p>
  );
}

/** The addresses live shortly, so they are asked for when wanted. */
function Downloads({ client }: { readonly client: PageClient }) {
  const say = useTexts(SIGNING_TEXTS);
  const action = useAction();
  const [files, setFiles] = useState<PageDownloads['files']>([]);
  const fetchFiles = () =>
    action.run(async () => {
      const downloads = await client.post<PageDownloads>('/sign/download');
      setFiles(downloads.files);
      const [only] = downloads.files;
      if (only && downloads.files.length === 1) window.location.assign(only.url);
    });
  return (
    <div className="result-downloads">
      <Button icon="download" wide busy={action.isBusy} busyLabel={say('working')} onClick={() => void fetchFiles()}>
        {say('download')}
      </Button>
      {action.error && <FailureNotice error={action.error} onRetry={() => void fetchFiles()} />}
      {files.length > 0 && (
        <div role="status">
          <p className="small muted">{say('downloadReady')}</p>
          <ul>
            {files.map(({ name, url }) => (
              <li key={url}>
                <a className="result-file" href={url} download={name}>
                  <Icon name="file" />
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
