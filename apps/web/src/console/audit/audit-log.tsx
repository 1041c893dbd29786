import type { AuditEntry, Page } from '@signet/protocol/console-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, type TableProps } from 'antd';
import { get } from '../api/client.ts';
import { ChoiceFilter } from '../parts/choice-filter.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { FilterPanel } from '../parts/filter-panel.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PERIOD_FIELDS, toQuery } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { SavedFilters } from '../parts/saved-filters.tsx';
import { Subject } from '../parts/subject.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { type FilterState, useFilter } from '../parts/use-filter.ts';
import { useWords } from '../words.ts';
import { KNOWN_ACTIONS, useActionTitle } from './action-texts.ts';
import { useAuditTexts } from './texts.ts';

const FIELDS = ['accountName', 'action', ...PERIOD_FIELDS] as const;

export function AuditLog() {
  const texts = useAuditTexts();
  const words = useWords();
  const state = useFilter(FIELDS);
  const query = useQuery({
    queryKey: ['audit', state.filter],
    queryFn: () => get<Page<AuditEntry>>('/audit', toQuery(state.filter)),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button onClick={() => void query.refetch()}>{words('refresh')}</Button>
      </PageHeading>
      <SavedFilters
        table="audit"
        state={state}
        builtIn={[
          { name: words('all'), text: '' },
          { name: texts('failedLogins'), text: 'action=login-failed' },
          { name: texts('views'), text: 'action=contract-viewed' },
          { name: texts('secrets'), text: 'action=secret-rotated' },
        ]}
      />
      <Filters state={state} />
      <RecordTable
        {...{ query, columns, state }}
        label={texts('title')}
        rowKey={({ entryId }) => entryId}
        lesson={<Lesson title={texts('empty')} text={texts('emptyText')} />}
        more={{ expandable: { expandedRowRender: (entry) => <Detail entry={entry} />, rowExpandable: hasDetail } }}
      />
    </>
  );
}

function Filters({ state }: { readonly state: FilterState }) {
  const texts = useAuditTexts();
  const titleOf = useActionTitle();
  const { filter, change } = state;
  return (
    <FilterPanel>
      <TextFilter name="accountName" label={texts('accountName')} state={state} />
      <ChoiceFilter
        label={texts('action')}
        value={filter.action}
        onChange={(action) => change({ action })}
        options={KNOWN_ACTIONS.map((action) => ({ value: action, label: titleOf(action) }))}
      />
      <PeriodFilter state={state} />
    </FilterPanel>
  );
}

function useColumns(): NonNullable<TableProps<AuditEntry>['columns']> {
  const texts = useAuditTexts();
  const words = useWords();
  const titleOf = useActionTitle();
  return [
    { title: words('time'), render: (_, { at }) => <Instant at={at} /> },
    {
      title: texts('accountName'),
      render: (_, { accountName }) => accountName ?? <span className="help">{texts('nobody')}</span>,
    },
    { title: texts('action'), render: (_, { action }) => <span title={action}>{titleOf(action)}</span> },
    { title: texts('target'), render: (_, { target }) => (target === null ? '–' : <Subject of={target} />) },
    { title: texts('ip'), render: (_, { ip }) => <Copyable text={ip} /> },
  ];
}

function hasDetail({ detail }: AuditEntry): boolean {
  return Object.keys(detail).length > 0;
}

function Detail({ entry: { detail } }: { readonly entry: AuditEntry }) {
  return <pre className="detail">{JSON.stringify(detail, null, 2)}</pre>;
}
