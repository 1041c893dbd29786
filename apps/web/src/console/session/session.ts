/** Who is logged in, for everything inside the shell. */
import { type ConsoleAccount, type ConsoleSession, mayDo, type Permission } from '@signet/protocol/console-api';
import { createContext, useCallback, useContext } from 'react';

export interface LoggedIn extends ConsoleSession {
  readonly account: ConsoleAccount;
}

export const SessionContext = createContext<LoggedIn | null>(null);

export function useSession(): LoggedIn {
  const session = useContext(SessionContext);
  if (!session) throw new Error('outside of a session');
  return session;
}

/** Whether the role allows it; the server decides all the same. */
export function useMay(): (permission: Permission) => boolean {
  const { role } = useSession().account;
  return useCallback((permission) => mayDo(role, permission), [role]);
}
