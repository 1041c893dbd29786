import type { SentCode, SigningState } from '@signet/protocol/page-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { tellHost } from '../api/host.ts';
import type { PageClient } from '../api/page-client.ts';
import { type PageCallError, toCallError } from '../api/page-error.ts';
import { usePolling } from '../api/polling.ts';
import { prefersLessMotion } from '../ui/screen.ts';
import type { FirstState } from './first-state.ts';

const WAIT_POLL_MS = 5_000;
const SEALING_POLL_MS = 1_200;
/** How long the seal is looked at where it has landed. */
const LANDING_MS = 1_400;
const SHORT_LANDING_MS = 700;

export interface SigningCalls {
  /** Each answers when the page shows the state that came of it. @throws PageCallError */
  command(path: string, body?: object): Promise<void>;
  sendCode(purpose: 'identify' | 'intent'): Promise<SentCode>;
}

export interface Signing {
  readonly state: SigningState | null;
  /** The page could not be opened at all. */
  readonly error: PageCallError | null;
  /** The state as it was signed, as long as its seals are shown landing. */
  readonly landing: SigningState | null;
  /** It was this visit that ended the party's part. */
  readonly endedHere: boolean;
  readonly calls: SigningCalls;
  reload(): void;
}

interface Shown {
  readonly state: SigningState | null;
  readonly error: PageCallError | null;
  readonly landing: SigningState | null;
  readonly endedHere: boolean;
}

const NOTHING: Shown = { state: null, error: null, landing: null, endedHere: false };

/** The signing state as the server tells it, and the calls that change it. */
export function useSigning(client: PageClient, first: FirstState): Signing {
  const [known] = useState(first.known);
  const [shown, setShown] = useState<Shown>({ ...NOTHING, state: known });
  const show = useCallback((state: SigningState) => setShown((before) => after(before, state)), []);

  const showWhenThere = useCallback(
    async (answer: Promise<SigningState>) => {
      try {
        show(await answer);
      } catch (error) {
        setShown((before) => ({ ...before, error: toCallError(error) }));
      }
    },
    [show],
  );
  const load = useCallback(() => showWhenThere(client.get<SigningState>('/sign')), [client, showWhenThere]);
  useEffect(() => {
    if (!known) void showWhenThere(first.answer);
  }, [first, known, showWhenThere]);

  const calls = useRef<SigningCalls>(null);
  calls.current ??= callsOf(client, show, load);
  const step = shown.state?.step;
  usePolling(step === 'wait', WAIT_POLL_MS, load);
  usePolling(step === 'sealing', SEALING_POLL_MS, load);
  useLandingEnd(shown.landing, () => setShown((before) => ({ ...before, landing: null })));
  useHostNews(shown.state);
  const reload = (): void => {
    setShown((before) => ({ ...before, error: null }));
    void load();
  };
  return { ...shown, calls: calls.current, reload };
}

function after(before: Shown, state: SigningState): Shown {
  const ends = before.state !== null && before.state.step !== 'closed' && state.step === 'closed';
  const lands = ends && state.outcome === 'signed' && before.state.places.some(({ isSelf }) => isSelf);
  return {
    state,
    error: null,
    landing: lands && before.state ? { ...before.state, parties: state.parties } : before.landing,
    endedHere: before.endedHere || ends,
  };
}

function callsOf(client: PageClient, show: (state: SigningState) => void, load: () => Promise<void>): SigningCalls {
  /** When a call comes at the wrong time, something has happened meanwhile, perhaps in another tab: shows what. */
  const post = async <Answer>(path: string, body: object): Promise<Answer> => {
    try {
      return await client.post<Answer>(path, body);
    } catch (error) {
      const { trouble, failure } = toCallError(error);
      const isSlip = failure?.error === 'WRONG_CODE' || failure?.retryAfterSeconds !== undefined;
      if (trouble === 'refused' && !isSlip) await load();
      throw error;
    }
  };
  return {
    command: async (path, body = {}) => show(await post<SigningState>(path, body)),
    sendCode: (purpose) => post<SentCode>('/sign/code', { purpose }),
  };
}

function useLandingEnd(landing: SigningState | null, end: () => void): void {
  const latest = useRef(end);
  latest.current = end;
  useEffect(() => {
    if (!landing) return;
    const timer = setTimeout(() => latest.current(), prefersLessMotion() ? SHORT_LANDING_MS : LANDING_MS);
    return () => clearTimeout(timer);
  }, [landing]);
}

/** An embedding page learns how far its person is. */
function useHostNews(state: SigningState | null): void {
  const told = useRef<string>(null);
  useEffect(() => {
    if (!state || told.current === state.step) return;
    const event = told.current === null ? 'opened' : 'step';
    told.current = state.step;
    const { contractId } = state.contract;
    const news = { contractId, step: state.step, status: state.outcome };
    tellHost(state.embeddingOrigins, { event, ...news });
    if (state.step === 'closed') tellHost(state.embeddingOrigins, { event: 'closed', ...news });
  }, [state]);
}
