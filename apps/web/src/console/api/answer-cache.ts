/** Answers that several parts of a page share, and what every failed call means for the session. */
import type { ConsoleSession } from '@signet/protocol/console-api';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ConsoleError, isRefusal } from './client.ts';

export const SESSION_KEY = ['session'] as const;

/** Short enough that going back to a table shows what happened meanwhile. */
const FRESH_MS = 5_000;
const RETRIES = 2;

export function createAnswerCache(): QueryClient {
  const noteRefusal = (error: unknown) => {
    if (isRefusal(error, 'NOT_LOGGED_IN')) forgetAccount(answers);
    if (isRefusal(error, 'PASSWORD_CHANGE_NEEDED')) void answers.invalidateQueries({ queryKey: SESSION_KEY });
  };
  const answers = new QueryClient({
    queryCache: new QueryCache({ onError: noteRefusal }),
    mutationCache: new MutationCache({ onError: noteRefusal }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        networkMode: 'always',
        retry: (failures, error) => failures < RETRIES && isPassing(error),
      },
      // A button that nothing happens on is worse than an error.
      mutations: { networkMode: 'always' },
    },
  });
  return answers;
}

/** What somebody else's session has loaded must not be shown to the next. */
export function enterSession(answers: QueryClient, session: ConsoleSession): void {
  answers.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] });
  answers.setQueryData(SESSION_KEY, session);
}

function forgetAccount(answers: QueryClient): void {
  const session = answers.getQueryData<ConsoleSession>(SESSION_KEY);
  if (session?.account) answers.setQueryData<ConsoleSession>(SESSION_KEY, { ...session, account: null });
}

function isPassing(error: unknown): boolean {
  return error instanceof ConsoleError && (error.status === 0 || error.status >= 500);
}
