import type {
  CompanyVerificationState,
  FaceState,
  PersonVerificationState,
  VerificationResult,
} from '@signet/protocol/page-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { tellHost } from '../api/host.ts';
import type { PageClient } from '../api/page-client.ts';
import { type PageCallError, toCallError } from '../api/page-error.ts';

export type IdentityState = PersonVerificationState | CompanyVerificationState | FaceState;

export interface VerificationCalls {
  /** Answers when the page shows the state that came of it. @throws PageCallError */
  command(path: string, body?: object): Promise<void>;
  /** A call that changes no step. @throws PageCallError */
  ask<Answer>(path: string, body?: object): Promise<Answer>;
  /** The bytes of a file. @throws PageCallError */
  readFile(path: string): Promise<Uint8Array>;
  /** Shows what the server knows by now. */
  refresh(): Promise<void>;
}

interface Shown<State> {
  readonly state: State | null;
  readonly error: PageCallError | null;
  /** Something was done in this visit. */
  readonly changedHere: boolean;
}

export interface Verification<State> extends Shown<State> {
  readonly calls: VerificationCalls;
  reload(): void;
}

/** Slips that leave the step as it is. */
const HARMLESS = ['WRONG_CODE', 'BAD_REQUEST', 'CAPTURE_UNUSABLE'];

/** Files that a page lets somebody download are a few pages. */
const LARGEST_FILE_BYTES = 10_000_000;

/** A page of 实名认证 as the server tells it, and the calls that change it. @param root its path below `/page-api`. */
export function useVerification<State extends IdentityState>(
  client: PageClient,
  root: string,
  stepOf: (state: State) => string,
): Verification<State> {
  const [shown, setShown] = useState<Shown<State>>({ state: null, error: null, changedHere: false });
  const load = useCallback(async () => {
    try {
      const state = await client.get<State>(root);
      setShown(({ changedHere }) => ({ state, error: null, changedHere }));
    } catch (error) {
      setShown((before) => ({ ...before, error: toCallError(error) }));
    }
  }, [client, root]);
  useEffect(() => void load(), [load]);
  useHostNews(shown.state, shown.state && stepOf(shown.state));

  const command = async (path: string, body: object = {}): Promise<void> => {
    try {
      const state = await client.post<State>(root + path, body);
      setShown({ state, error: null, changedHere: true });
    } catch (error) {
      const { trouble, failure } = toCallError(error);
      const isOver = failure?.remainingAttempts === 0;
      // Something has happened meanwhile, perhaps in another tab, or the last try is used up: show what.
      if (trouble === 'refused' && (isOver || !HARMLESS.includes(failure?.error ?? ''))) await load();
      throw error;
    }
  };
  const ask = <Answer>(path: string, body: object = {}) => client.post<Answer>(root + path, body);
  const readFile = (path: string) => client.readRange(root + path, 0, LARGEST_FILE_BYTES, new AbortController().signal);
  const reload = (): void => {
    setShown((before) => ({ ...before, error: null }));
    void load();
  };
  return { ...shown, calls: { command, ask, readFile, refresh: load }, reload };
}

/** The same calls for a part of a page that has its own paths. */
export function below(calls: VerificationCalls, part: string): VerificationCalls {
  return {
    ...calls,
    command: (path, body) => calls.command(part + path, body),
    ask: (path, body) => calls.ask(part + path, body),
  };
}

function useHostNews(state: IdentityState | null, step: string | null): void {
  const told = useRef<string>(null);
  useEffect(() => {
    if (!state || step === null || told.current === step) return;
    const isFirst = told.current === null;
    told.current = step;
    const news = { step, status: statusOf(state.result) };
    tellHost(state.embeddingOrigins, { event: isFirst ? 'opened' : 'step', ...news });
    if (state.result) tellHost(state.embeddingOrigins, { event: 'closed', ...news });
  }, [state, step]);
}

export function statusOf(result: VerificationResult | null): string | null {
  return result?.status ?? null;
}
