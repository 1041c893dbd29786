import type { ContractParty } from '@signet/protocol/console-api';
import { Table, type TableProps } from 'antd';
import { Copyable } from '../parts/copyable.tsx';
import { Instant } from '../parts/instant.tsx';
import { useWords } from '../words.ts';
import { PartyStatus } from './contract-status.tsx';
import { useContractTexts } from './texts.ts';

export function Parties({ parties }: { readonly parties: readonly ContractParty[] }) {
  const texts = useContractTexts();
  const columns = useColumns();
  return (
    <section className="card">
      <h2>{texts('parties')}</h2>
      <Table<ContractParty>
        aria-label={texts('parties')}
        size="small"
        rowKey="partyId"
        columns={columns}
        dataSource={[...parties]}
        pagination={parties.length > 20 ? { pageSize: 20 } : false}
        scroll={{ x: 'max-content' }}
      />
    </section>
  );
}

function useColumns(): NonNullable<TableProps<ContractParty>['columns']> {
  const texts = useContractTexts();
  const words = useWords();
  return [
    { title: texts('order'), dataIndex: 'sequenceNumber', align: 'right' },
    { title: texts('party'), render: (_, { name }) => <strong>{name}</strong> },
    { title: texts('kind'), render: (_, { kind }) => texts(`kind.${kind}`) },
    { title: words('status'), render: (_, party) => <State party={party} /> },
    { title: texts('signedAt'), render: (_, { signedAt }) => (signedAt === null ? '–' : <Instant at={signedAt} />) },
    { title: 'accountId', render: (_, { accountId }) => <Copyable text={accountId} /> },
  ];
}

function State({ party }: { readonly party: ContractParty }) {
  const texts = useContractTexts();
  const { status, silent, refuseReason, sealingAttempts: count, sealingError: error } = party;
  return (
    <>
      <span className="chips">
        <PartyStatus status={status} />
        {silent && <span className="chip">{texts('silent')}</span>}
      </span>
      {refuseReason && <div className="help">{texts('refused', { reason: refuseReason })}</div>}
      {error && status === 'sealing' && <div className="tone-bad">{texts('sealingTries', { count, error })}</div>}
    </>
  );
}
