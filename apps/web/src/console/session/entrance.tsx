/** What comes before the pages: the first account, login, a password that must be changed. */
import type { ConsoleSession } from '@signet/protocol/console-api';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { SESSION_KEY } from '../api/answer-cache.ts';
import { get } from '../api/client.ts';
import { Failure } from '../parts/failure.tsx';
import { Safe } from '../parts/safe.tsx';
import { Gate } from './gate.tsx';
import { SessionContext } from './session.ts';

const Setup = lazy(() => import('./setup.tsx').then(({ Setup }) => ({ default: Setup })));
const Login = lazy(() => import('./login.tsx').then(({ Login }) => ({ default: Login })));
const FirstPassword = lazy(() =>
  import('./first-password.tsx').then(({ FirstPassword }) => ({ default: FirstPassword })),
);
const Shell = lazy(() => import('../shell/shell.tsx').then(({ Shell }) => ({ default: Shell })));

const FRESH_MS = 60_000;

export function Entrance() {
  return (
    <Safe>
      <Suspense fallback={<Waiting />}>
        <Inner />
      </Suspense>
    </Safe>
  );
}

function Inner() {
  const query = useQuery({
    queryKey: SESSION_KEY,
    queryFn: () => get<ConsoleSession>('/session'),
    staleTime: FRESH_MS,
  });
  const session = query.data;
  if (!session) return query.error ? <Unreachable error={query.error} onRetry={query.refetch} /> : <Waiting />;
  if (session.setupNeeded) return <Setup />;

  const { account } = session;
  if (!account) return <Login mode={session.mode} />;
  if (account.mustChangePassword) return <FirstPassword account={account} />;
  return (
    <SessionContext value={{ ...session, account }}>
      <Shell />
    </SessionContext>
  );
}

function Unreachable({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  return (
    <Gate>
      <Failure error={error} onRetry={onRetry} />
    </Gate>
  );
}

function Waiting() {
  return (
    <Gate>
      <Skeleton active />
    </Gate>
  );
}
