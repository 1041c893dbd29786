import { PAYOUT_STATUSES, type PayoutReview } from '@signet/protocol/console-api';
import { Button, type TableProps } from 'antd';
import { useState } from 'react';
import { AppFilter } from '../parts/app-filter.tsx';
import { ChoiceFilter } from '../parts/choice-filter.tsx';
import { FilterPanel } from '../parts/filter-panel.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { SavedFilters } from '../parts/saved-filters.tsx';
import { type FilterState, useFilter } from '../parts/use-filter.ts';
import { useWords } from '../words.ts';
import { usePayouts } from './calls.ts';
import { PayoutDrawer } from './payout-drawer.tsx';
import { PayoutOutcome, PayoutStatus } from './payout-status.tsx';
import './reviews.css';
import { useReviewTexts } from './texts.ts';

const PAYOUT_FIELDS = ['status', 'open', 'appId'] as const;

export function PayoutList() {
  const texts = useReviewTexts();
  const state = useFilter(PAYOUT_FIELDS);
  const query = usePayouts(state.filter);
  const [openedId, setOpenedId] = useState<string>();
  const columns = usePayoutColumns(setOpenedId);
  const opened = query.data?.list.find(({ checkId }) => checkId === openedId);
  return (
    <>
      <p className="review-text">{texts('payoutsText')}</p>
      <SavedFilters
        table="payouts"
        state={state}
        builtIn={[
          { name: texts('allPayouts'), text: '' },
          { name: texts('openPayouts'), text: 'open=true' },
          { name: texts('payout.failed'), text: 'status=failed' },
          { name: texts('payout.returned'), text: 'status=returned' },
        ]}
      />
      <PayoutFilters state={state} />
      <RecordTable
        {...{ query, columns, state }}
        label={texts('payouts')}
        rowKey={({ checkId }) => checkId}
        lesson={<Lesson title={texts('noPayout')} text={texts('noPayoutText')} />}
      />
      {opened && <PayoutDrawer key={opened.checkId} payout={opened} onClose={() => setOpenedId(undefined)} />}
    </>
  );
}

function PayoutFilters({ state }: { readonly state: FilterState }) {
  const texts = useReviewTexts();
  const words = useWords();
  const { filter, change } = state;
  return (
    <FilterPanel>
      <ChoiceFilter
        label={words('status')}
        value={filter.status}
        onChange={(status) => change({ status })}
        options={PAYOUT_STATUSES.map((status) => ({ value: status, label: texts(`payout.${status}`) }))}
      />
      <AppFilter value={filter.appId} onChange={(appId) => change({ appId })} />
    </FilterPanel>
  );
}

function usePayoutColumns(open: (checkId: string) => void): NonNullable<TableProps<PayoutReview>['columns']> {
  const texts = useReviewTexts();
  const words = useWords();
  return [
    { title: texts('startedAt'), render: (_, { startedAt }) => <Instant at={startedAt} /> },
    { title: texts('company'), render: (_, { company }) => company.name },
    { title: words('status'), render: (_, { status }) => <PayoutStatus status={status} /> },
    { title: texts('outcome'), render: (_, { outcome }) => <PayoutOutcome outcome={outcome} /> },
    { title: texts('reason'), render: (_, { reason }) => reason ?? '–' },
    { title: texts('tries'), align: 'right', dataIndex: 'triesLeft' },
    { title: words('app'), dataIndex: 'appName' },
    {
      title: words('actions'),
      render: (_, { checkId }) => (
        <Button type="link" className="cell-link" onClick={() => open(checkId)}>
          {texts('look')}
        </Button>
      ),
    },
  ];
}
