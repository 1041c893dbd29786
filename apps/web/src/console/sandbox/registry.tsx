import type { Page, RegistryEntry } from '@signet/protocol/console-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { get } from '../api/client.ts';
import { Copyable } from '../parts/copyable.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { useSandboxTexts } from './texts.ts';

const FIELDS = ['keyword'] as const;

export function Registry() {
  const texts = useSandboxTexts();
  const state = useFilter(FIELDS);
  const query = useQuery({
    queryKey: ['sandbox-registry', state.filter],
    queryFn: () => get<Page<RegistryEntry>>('/sandbox/registry', state.filter),
    placeholderData: keepPreviousData,
  });
  const columns = useColumns();
  return (
    <>
      <search className="filters">
        <TextFilter name="keyword" label={texts('keyword')} state={state} />
      </search>
      <RecordTable
        {...{ query, columns, state }}
        label={texts('registry')}
        rowKey={({ kind, facts }) => `${kind}:${Object.values(facts).join(':')}`}
        lesson={<Lesson title={texts('registryEmpty')} text={texts('registryEmptyText')} />}
      />
    </>
  );
}

function useColumns(): NonNullable<TableProps<RegistryEntry>['columns']> {
  const texts = useSandboxTexts();
  return [
    { title: texts('kind'), render: (_, { kind }) => texts(`kind.${kind}`) },
    { title: texts('facts'), render: (_, { facts }) => <Facts facts={facts} /> },
    { title: texts('behavior'), render: (_, { behavior }) => <Behavior of={behavior} /> },
  ];
}

function Facts({ facts }: { readonly facts: RegistryEntry['facts'] }) {
  return (
    <ul className="fact-list">
      {Object.entries(facts).map(([name, value]) => (
        <li key={name}>
          <span className="help">{name}</span> <Copyable text={value} />
        </li>
      ))}
    </ul>
  );
}

/** One check a line; the server names them with a semicolon between. */
function Behavior({ of: behavior }: { readonly of: string }) {
  return (
    <ul className="behavior">
      {behavior.split(/[;；]/).map((check) => (
        <li key={check}>{check}</li>
      ))}
    </ul>
  );
}
