import { PlusOutlined } from '@ant-design/icons';
import type { Operator } from '@signet/protocol/console-api';
import { Button, Skeleton, Table, type TableProps } from 'antd';
import { useState } from 'react';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useSession } from '../session/session.ts';
import { useWords } from '../words.ts';
import { useOperators } from './calls.ts';
import { CreateDialog } from './create-dialog.tsx';
import { OperatorActions } from './operator-actions.tsx';
import { useOperatorTexts } from './texts.ts';

export function OperatorList() {
  const texts = useOperatorTexts();
  const operators = useOperators();
  const columns = useColumns();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
          {texts('create')}
        </Button>
      </PageHeading>
      {operators.error && !operators.data && (
        <Failure error={operators.error} onRetry={() => void operators.refetch()} />
      )}
      {operators.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {operators.data && (
        <Table<Operator>
          aria-label={texts('title')}
          columns={columns}
          dataSource={[...operators.data]}
          rowKey="accountId"
          pagination={operators.data.length > 50 ? { pageSize: 50 } : false}
          size="middle"
          scroll={{ x: 'max-content' }}
        />
      )}
      {isCreating && <CreateDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function useColumns(): NonNullable<TableProps<Operator>['columns']> {
  const texts = useOperatorTexts();
  const words = useWords();
  const { account } = useSession();
  return [
    {
      title: texts('name'),
      render: (_, { accountId, name }) => (
        <>
          <strong>{name}</strong> {accountId === account.accountId && <span className="chip">{texts('you')}</span>}
        </>
      ),
    },
    {
      title: texts('role'),
      render: (_, { role }) => <span title={words(`roleMay.${role}`)}>{words(`role.${role}`)}</span>,
    },
    { title: words('status'), render: (_, operator) => <State operator={operator} /> },
    {
      title: texts('totp'),
      render: (_, { totpEnabled }) => (
        <StatusMark tone={totpEnabled ? 'ok' : 'calm'} word={texts(totpEnabled ? 'totpOn' : 'totpOff')} />
      ),
    },
    {
      title: texts('lastLogin'),
      render: (_, { lastLoginAt }) => (lastLoginAt === null ? texts('never') : <Instant at={lastLoginAt} />),
    },
    { title: texts('createdAt'), render: (_, { createdAt }) => <Instant at={createdAt} /> },
    { title: words('actions'), align: 'right', render: (_, operator) => <OperatorActions operator={operator} /> },
  ];
}

function State({ operator: { disabled, lockedUntil, mustChangePassword } }: { readonly operator: Operator }) {
  const texts = useOperatorTexts();
  if (disabled) return <StatusMark tone="calm" word={texts('disabled')} />;
  if (lockedUntil !== null) {
    return (
      <>
        <StatusMark tone="bad" word={texts('locked')} />
        <div className="help">
          {texts('lockedUntil')} <Instant at={lockedUntil} />
        </div>
      </>
    );
  }
  if (mustChangePassword) return <StatusMark tone="warn" word={texts('mustChange')} />;
  return <StatusMark tone="ok" word={texts('active')} />;
}
