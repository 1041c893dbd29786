import { ArrowLeftOutlined } from '@ant-design/icons';
import type { ContractDetail } from '@signet/protocol/console-api';
import { Alert, App, Button, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import './contracts.css';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { useContract, useRepair } from './calls.ts';
import { ContractStatus } from './contract-status.tsx';
import { Evidence } from './evidence.tsx';
import { Files } from './files.tsx';
import { Parties } from './parties.tsx';
import { RevokeButton } from './revoke-button.tsx';
import { useContractTexts } from './texts.ts';

export function ContractPage() {
  const { contractId = '' } = useParams();
  const contract = useContract(contractId);
  if (!contract.data && contract.error) {
    return <Failure error={contract.error} onRetry={() => void contract.refetch()} />;
  }
  if (!contract.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return <Detail contract={contract.data} />;
}

function Detail({ contract }: { readonly contract: ContractDetail }) {
  const texts = useContractTexts();
  const may = useMay();
  return (
    <>
      <PageHeading
        title={contract.name}
        before={
          <Link to="/contracts" className="back">
            <ArrowLeftOutlined aria-hidden /> {texts('back')}
          </Link>
        }
      >
        {may('contracts.revoke') && contract.status === 'signing' && <RevokeButton contractId={contract.contractId} />}
      </PageHeading>
      <Facts contract={contract} />
      {contract.troubled && <Trouble contract={contract} />}
      <Parties parties={contract.partyList} />
      <Files contract={contract} />
      <Evidence items={contract.evidence} isIntact={contract.evidenceIntact} />
    </>
  );
}

function Facts({ contract }: { readonly contract: ContractDetail }) {
  const texts = useContractTexts();
  const words = useWords();
  const { contractId, businessCode, appName, createdAt, signDeadlineAt, closedAt, closingReason, status } = contract;
  const facts = [
    [words('status'), <ContractStatus key="status" status={status} />],
    [texts('contractId'), <Copyable key="id" text={contractId} />],
    ...(businessCode === null ? [] : [[texts('businessCode'), <Copyable key="code" text={businessCode} />] as const]),
    [words('app'), appName],
    [texts('createdAt'), <Instant key="created" at={createdAt} />],
    [texts('deadline'), <Instant key="deadline" at={signDeadlineAt} />],
    ...(closedAt === null ? [] : [[texts('closedAt'), <Instant key="closed" at={closedAt} />] as const]),
    ...(closingReason === null ? [] : [[texts('closingReason'), closingReason] as const]),
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A signature is owed: the party has done its part, the platform has not. */
function Trouble({ contract: { contractId } }: { readonly contract: ContractDetail }) {
  const texts = useContractTexts();
  const may = useMay();
  const { message } = App.useApp();
  const repair = useRepair(contractId);
  const tell = ({ troubled }: ContractDetail) => {
    if (!troubled) void message.success(texts('repaired'));
  };
  return (
    <div className="spaced">
      <Alert
        type="warning"
        showIcon
        title={texts('troubledTitle')}
        description={texts('troubledText')}
        action={
          may('contracts.repair') && (
            <Button loading={repair.isPending} onClick={() => repair.mutate(undefined, { onSuccess: tell })}>
              {texts('repair')}
            </Button>
          )
        }
      />
      {repair.data && !repair.isPending && <Alert type="error" showIcon role="alert" title={texts('stillTroubled')} />}
      {repair.error && <Failure error={repair.error} />}
    </div>
  );
}
