import type { GrantState, SentCode } from '@signet/protocol/page-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { tellHost } from '../api/host.ts';
import type { PageClient } from '../api/page-client.ts';
import { type PageCallError, toCallError } from '../api/page-error.ts';

export interface GrantCalls {
  /** Each answers when the page shows the state that came of it. @throws PageCallError */
  confirm(code: string): Promise<void>;
  cancel(): Promise<void>;
  sendCode(): Promise<SentCode>;
}

interface Shown {
  readonly state: GrantState | null;
  readonly error: PageCallError | null;
  /** It was this visit that granted or cancelled. */
  readonly changedHere: boolean;
}

/** The grant as the server tells it, and the calls that change it. */
export function useGrant(client: PageClient) {
  const [shown, setShown] = useState<Shown>({ state: null, error: null, changedHere: false });
  const load = useCallback(async () => {
    try {
      const state = await client.get<GrantState>('/grant');
      setShown(({ changedHere }) => ({ state, error: null, changedHere }));
    } catch (error) {
      setShown((before) => ({ ...before, error: toCallError(error) }));
    }
  }, [client]);
  useEffect(() => void load(), [load]);
  useHostNews(shown.state);

  const command = async (path: string, body: object): Promise<void> => {
    try {
      const state = await client.post<GrantState>(path, body);
      setShown({ state, error: null, changedHere: true });
    } catch (error) {
      const { trouble, failure } = toCallError(error);
      // Something has happened meanwhile, perhaps in another tab: show what.
      if (trouble === 'refused' && failure?.error !== 'WRONG_CODE') await load();
      throw error;
    }
  };
  const calls: GrantCalls = {
    confirm: (code) => command('/grant/confirm', { code }),
    cancel: () => command('/grant/cancel', {}),
    sendCode: () => client.post<SentCode>('/grant/code'),
  };
  const reload = (): void => {
    setShown((before) => ({ ...before, error: null }));
    void load();
  };
  return { ...shown, calls, reload };
}

function useHostNews(state: GrantState | null): void {
  const told = useRef<string>(null);
  useEffect(() => {
    if (!state || told.current === state.step) return;
    const isFirst = told.current === null;
    told.current = state.step;
    const news = { step: state.step, status: state.status === 'pending' ? null : state.status };
    tellHost(state.embeddingOrigins, { event: isFirst ? 'opened' : 'step', ...news });
    if (state.step !== 'review') tellHost(state.embeddingOrigins, { event: 'closed', ...news });
  }, [state]);
}
