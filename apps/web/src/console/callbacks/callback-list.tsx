import type { CallbackSummary } from '@signet/protocol/console-api';
import { Button, type TableProps } from 'antd';
import { type Key, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import './callbacks.css';
import { AppFilter } from '../parts/app-filter.tsx';
import { CALLBACK_TYPE_NAMES, useTypeName } from '../parts/callback-words.ts';
import { ChoiceFilter } from '../parts/choice-filter.tsx';
import { CodeSample } from '../parts/code-sample.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { FilterPanel } from '../parts/filter-panel.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PERIOD_FIELDS } from '../parts/period.ts';
import { PeriodFilter } from '../parts/period-filter.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { SavedFilters } from '../parts/saved-filters.tsx';
import { Subject } from '../parts/subject.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { type FilterState, useFilter } from '../parts/use-filter.ts';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { CallbackDrawer } from './callback-drawer.tsx';
import { CallbackStatus, Progress } from './callback-status.tsx';
import { useCallbacks, useResend } from './calls.ts';
import { RECEIVER_SAMPLE } from './receiver-sample.ts';
import { ResendDialog } from './resend-dialog.tsx';
import { useCallbackTexts } from './texts.ts';

const FIELDS = ['appId', 'status', 'type', 'contractId', 'transactionId', ...PERIOD_FIELDS] as const;

export function CallbackList() {
  const texts = useCallbackTexts();
  const words = useWords();
  const may = useMay();
  const state = useFilter(FIELDS);
  const opened = useFilter(OPENED);
  const query = useCallbacks(state.filter);
  const [isResending, setResending] = useState(false);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const columns = useColumns((open) => opened.change({ open, page: state.filter.page }));
  const mayResend = may('callbacks.resend');
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        <Button onClick={() => void query.refetch()}>{words('refresh')}</Button>
        {mayResend && <Button onClick={() => setResending(true)}>{texts('resendRange')}</Button>}
      </PageHeading>
      <SavedFilters
        table="callbacks"
        state={state}
        builtIn={[
          { name: words('all'), text: '' },
          { name: texts('deadLetters'), text: 'status=dead' },
          { name: texts('waiting'), text: 'status=pending' },
          { name: texts('unsent'), text: 'status=unsent' },
        ]}
      />
      <Filters state={state} />
      {mayResend && selected.length > 0 && <ResendSelected ids={selected} onDone={() => setSelected([])} />}
      <RecordTable
        {...{ query, columns, state }}
        label={texts('title')}
        rowKey={({ transactionId }) => transactionId}
        lesson={<NoCallbacks />}
        more={mayResend ? { rowSelection: rowSelection(selected, setSelected) } : {}}
      />
      {opened.filter.open && (
        <CallbackDrawer
          key={opened.filter.open}
          transactionId={opened.filter.open}
          onClose={() => opened.change({ open: '', page: state.filter.page })}
        />
      )}
      {isResending && <ResendDialog initial={state.filter} onClose={() => setResending(false)} />}
    </>
  );
}

function rowSelection(selected: readonly string[], select: (ids: readonly string[]) => void) {
  return {
    selectedRowKeys: [...selected],
    onChange: (keys: Key[]) => select(keys.map(String)),
    columnTitle: (all: ReactNode) => <SelectAll>{all}</SelectAll>,
  };
}

/** The library draws headings twice, once hidden, to measure them; there the checkbox must not take the focus. */
function SelectAll({ children }: { readonly children: ReactNode }) {
  const leaveOut = (box: HTMLElement | null) =>
    box?.toggleAttribute('inert', box.closest('[aria-hidden="true"]') !== null);
  return <span ref={(box) => void leaveOut(box)}>{children}</span>;
}

/** Which one is open beside the table also stands in the address. */
const OPENED = ['open'] as const;

function Filters({ state }: { readonly state: FilterState }) {
  const { filter, change } = state;
  const texts = useCallbackTexts();
  const nameOf = useTypeName();
  return (
    <FilterPanel>
      <AppFilter value={filter.appId} onChange={(appId) => change({ appId })} />
      <ChoiceFilter
        label={texts('type')}
        value={filter.type}
        onChange={(type) => change({ type })}
        options={CALLBACK_TYPE_NAMES.map((type) => ({ value: type, label: nameOf(type) }))}
      />
      <TextFilter name="contractId" label={texts('contractId')} state={state} />
      <TextFilter name="transactionId" label={texts('transactionId')} state={state} />
      <PeriodFilter state={state} />
    </FilterPanel>
  );
}

function ResendSelected({ ids, onDone }: { readonly ids: readonly string[]; readonly onDone: () => void }) {
  const texts = useCallbackTexts();
  const resend = useResend();
  return (
    <div className="selection-bar">
      <Button
        type="primary"
        loading={resend.isPending}
        onClick={() => resend.mutate({ transactionIds: [...ids] }, { onSuccess: onDone })}
      >
        {texts('resendSelected', { count: ids.length })}
      </Button>
      {resend.error && <Failure error={resend.error} />}
    </div>
  );
}

function useColumns(open: (transactionId: string) => void): NonNullable<TableProps<CallbackSummary>['columns']> {
  const texts = useCallbackTexts();
  const words = useWords();
  const nameOf = useTypeName();
  return [
    { title: texts('occurredAt'), render: (_, { occurredAt }) => <Instant at={occurredAt} /> },
    {
      title: texts('type'),
      render: (_, { type, transactionId }) => (
        <Button type="link" className="cell-link" title={type} onClick={() => open(transactionId)}>
          {nameOf(type)}
        </Button>
      ),
    },
    { title: words('status'), render: (_, { status }) => <CallbackStatus status={status} /> },
    { title: texts('tries'), align: 'right', render: (_, { tries }) => tries },
    { title: texts('next'), render: (_, callback) => <Progress callback={callback} /> },
    { title: words('app'), dataIndex: 'appName' },
    { title: texts('subject'), render: (_, { subject }) => <Subject of={subject} /> },
    { title: texts('transactionId'), render: (_, { transactionId }) => <Copyable text={transactionId} /> },
  ];
}

function NoCallbacks() {
  const texts = useCallbackTexts();
  const may = useMay();
  return (
    <Lesson title={texts('lessonTitle')} text={texts('lessonText')}>
      <CodeSample title={texts('lessonSample')} code={RECEIVER_SAMPLE} />
      {may('apps.read') && <Link to="/apps">{texts('toApps')}</Link>}
    </Lesson>
  );
}
