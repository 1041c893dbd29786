import type { Permission } from '@signet/protocol/console-api';
import { Button, Result } from 'antd';
import { lazy, type ReactNode } from 'react';
import { Link, Navigate, Route, Routes } from 'react-router';
import { useMay, useSession } from '../session/session.ts';
import { useWords } from '../words.ts';
import { placesOf } from './navigation.tsx';

const AppList = lazy(() => import('../apps/app-list.tsx').then(({ AppList }) => ({ default: AppList })));
const AppPage = lazy(() => import('../apps/app-page.tsx').then(({ AppPage }) => ({ default: AppPage })));
const CallbackList = lazy(() =>
  import('../callbacks/callback-list.tsx').then(({ CallbackList }) => ({ default: CallbackList })),
);
const ContractList = lazy(() =>
  import('../contracts/contract-list.tsx').then(({ ContractList }) => ({ default: ContractList })),
);
const ContractPage = lazy(() =>
  import('../contracts/contract-page.tsx').then(({ ContractPage }) => ({ default: ContractPage })),
);
const ReviewPage = lazy(() => import('../reviews/review-page.tsx').then(({ ReviewPage }) => ({ default: ReviewPage })));
const SandboxPage = lazy(() =>
  import('../sandbox/sandbox-page.tsx').then(({ SandboxPage }) => ({ default: SandboxPage })),
);
const OperatorList = lazy(() =>
  import('../operators/operator-list.tsx').then(({ OperatorList }) => ({ default: OperatorList })),
);
const AuditLog = lazy(() => import('../audit/audit-log.tsx').then(({ AuditLog }) => ({ default: AuditLog })));

export function Pages() {
  return (
    <Routes>
      <Route index element={<FirstPage />} />
      <Route path="apps" element={<Allowed by="apps.read" page={<AppList />} />} />
      <Route path="apps/:appKey" element={<Allowed by="apps.read" page={<AppPage />} />} />
      <Route path="callbacks" element={<Allowed by="callbacks.read" page={<CallbackList />} />} />
      <Route path="contracts" element={<Allowed by="contracts.read" page={<ContractList />} />} />
      <Route path="contracts/:contractId" element={<Allowed by="contracts.read" page={<ContractPage />} />} />
      <Route path="reviews/:list?" element={<Allowed by="payouts.read" page={<ReviewPage />} />} />
      <Route path="sandbox" element={<Allowed by="sandbox.read" page={<SandboxPage />} />} />
      <Route path="operators" element={<Allowed by="accounts.manage" page={<OperatorList />} />} />
      <Route path="audit" element={<Allowed by="audit.read" page={<AuditLog />} />} />
      <Route path="setup" element={<Navigate to="/" replace />} />
      <Route path="*" element={<NoPage />} />
    </Routes>
  );
}

function FirstPage() {
  const [first] = placesOf(useSession());
  return first ? <Navigate to={`/${first.path}`} replace /> : <Closed />;
}

function Allowed({ by, page }: { readonly by: Permission; readonly page: ReactNode }) {
  const may = useMay();
  return may(by) ? page : <Closed />;
}

function Closed() {
  const words = useWords();
  return <Result status="info" title={words('forbidden')} subTitle={words('forbiddenHelp')} />;
}

function NoPage() {
  const words = useWords();
  return (
    <Result
      status="info"
      title={words('notFound')}
      subTitle={words('notFoundHelp')}
      extra={
        <Link to="/">
          <Button>{words('home')}</Button>
        </Link>
      }
    />
  );
}
