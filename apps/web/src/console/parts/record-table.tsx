/** A table of one page of answers, with its states: waiting, refused, nothing yet, nothing found. */
import type { Page } from '@signet/protocol/console-api';
import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton, Table, type TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import { Failure } from './failure.tsx';
import { Lesson } from './lesson.tsx';
import type { FilterState } from './use-filter.ts';

interface RecordTableProps<Item> {
  readonly label: string;
  readonly query: UseQueryResult<Page<Item>>;
  readonly columns: NonNullable<TableProps<Item>['columns']>;
  readonly rowKey: (item: Item) => string;
  readonly state: FilterState;
  /** Shown when there is nothing at all. */
  readonly lesson: ReactNode;
  readonly more?: Pick<TableProps<Item>, 'expandable' | 'rowSelection' | 'onRow'>;
}

export function RecordTable<Item extends object>(props: RecordTableProps<Item>) {
  const { label, query, columns, rowKey, state, lesson, more } = props;
  const words = useWords();
  if (query.error && !query.data) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active paragraph={{ rows: 8 }} />;

  const { list, total } = query.data;
  if (total === 0 && !state.isFiltered) return <>{lesson}</>;
  if (total === 0) {
    return (
      <Lesson title={words('nothingFound')} text={words('nothingFoundHelp')}>
        <Button onClick={state.clear}>{words('clear')}</Button>
      </Lesson>
    );
  }
  return (
    <Table<Item>
      {...{ columns, rowKey }}
      {...more}
      aria-label={label}
      dataSource={[...list]}
      loading={query.isPlaceholderData}
      scroll={{ x: 'max-content' }}
      size="middle"
      pagination={{
        ...{ current: Number(state.filter.page ?? 1), pageSize: Number(state.filter.pageSize ?? 20), total },
        showTotal: (count) => words('results', { total: count }),
        showSizeChanger: total > 20,
        onChange: state.turnTo,
      }}
    />
  );
}
