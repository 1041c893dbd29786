import { CONSOLE_CONTRACT_STATUSES, type ContractSummary } from '@signet/protocol/console-api';
import { Button, type TableProps } from 'antd';
import { Link } from 'react-router';
import { AppFilter } from '../parts/app-filter.tsx';
import { ChoiceFilter } from '../parts/choice-filter.tsx';
import { CodeSample } from '../parts/code-sample.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { FilterPanel } from '../parts/filter-panel.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PERIOD_FIELDS } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { SavedFilters } from '../parts/saved-filters.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { type FilterState, useFilter } from '../parts/use-filter.ts';
import { useWords } from '../words.ts';
import { useContracts } from './calls.ts';
import { ContractStatus } from './contract-status.tsx';
import { startSample } from './start-sample.ts';
import { useContractTexts } from './texts.ts';

const FIELDS = ['appId', 'status', 'search', 'accountId', 'troubled', ...PERIOD_FIELDS] as const;

export function ContractList() {
  const texts = useContractTexts();
  const words = useWords();
  const state = useFilter(FIELDS);
  const query = useContracts(state.filter);
  const columns = useColumns();
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button onClick={() => void query.refetch()}>{words('refresh')}</Button>
      </PageHeading>
      <SavedFilters
        table="contracts"
        state={state}
        builtIn={[
          { name: words('all'), text: '' },
          { name: texts('signing'), text: 'status=signing' },
          { name: texts('completed'), text: 'status=completed' },
          { name: texts('troubled'), text: 'troubled=true' },
        ]}
      />
      <Filters state={state} />
      <RecordTable
        {...{ query, columns, state }}
        label={texts('title')}
        rowKey={({ contractId }) => contractId}
        lesson={
          <Lesson title={texts('lessonTitle')} text={texts('lessonText')}>
            <CodeSample title={texts('lessonSample')} code={startSample(location.origin)} />
          </Lesson>
        }
      />
    </>
  );
}

function Filters({ state }: { readonly state: FilterState }) {
  const texts = useContractTexts();
  const words = useWords();
  const { filter, change } = state;
  return (
    <FilterPanel>
      <TextFilter name="search" label={texts('search')} state={state} />
      <AppFilter value={filter.appId} onChange={(appId) => change({ appId })} />
      <ChoiceFilter
        label={words('status')}
        value={filter.status}
        onChange={(status) => change({ status })}
        options={CONSOLE_CONTRACT_STATUSES.map((status) => ({ value: status, label: texts(`status.${status}`) }))}
      />
      <TextFilter name="accountId" label={texts('accountId')} state={state} />
      <PeriodFilter state={state} />
    </FilterPanel>
  );
}

function useColumns(): NonNullable<TableProps<ContractSummary>['columns']> {
  const texts = useContractTexts();
  const words = useWords();
  return [
    {
      title: texts('name'),
      render: (_, { contractId, name }) => (
        <Link to={`/contracts/${contractId}`} className="wrapping">
          {name}
        </Link>
      ),
    },
    {
      title: words('status'),
      render: (_, { status, troubled }) => (
        <span className="chips">
          <ContractStatus status={status} />
          {troubled && <StatusMark tone="bad" word={texts('troubledMark')} />}
        </span>
      ),
    },
    {
      title: texts('progress'),
      render: (_, { signedParties, parties }) => texts('progressValue', { signed: signedParties, total: parties }),
    },
    { title: words('app'), dataIndex: 'appName' },
    { title: texts('createdAt'), render: (_, { createdAt }) => <Instant at={createdAt} /> },
    { title: texts('deadline'), render: (_, { signDeadlineAt }) => <Instant at={signDeadlineAt} /> },
    {
      title: texts('businessCode'),
      render: (_, { businessCode }) => (businessCode === null ? '–' : <Copyable text={businessCode} />),
    },
    { title: texts('contractId'), render: (_, { contractId }) => <Copyable text={contractId} /> },
  ];
}
