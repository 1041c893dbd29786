/** What would have been sent by SMS; a developer waits here for a code. */
import type { OutboxMessage, Page } from '@signet/protocol/console-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Switch, type TableProps } from 'antd';
import { useId, useState } from 'react';
import { get } from '../api/client.ts';
import { useIsPresent } from '../api/presence.ts';
import { AppFilter } from '../parts/app-filter.tsx';
import { CodeSample } from '../parts/code-sample.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { RecordTable } from '../parts/record-table.tsx';
import { TextFilter } from '../parts/text-filter.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { useSandboxTexts } from './texts.ts';

const FIELDS = ['phone'] as const;
const APP_FIELD = ['appId'] as const;
const REFRESH_MS = 3_000;

const SAMPLE = `const { list } = await signet.sandbox.messages({ phone: '19055500121' });
console.log(list[0]?.code);`;

export function Messages() {
  const texts = useSandboxTexts();
  // The app is a place rather than a filter: without messages, the lesson is shown whatever the app.
  const { filter: place, change } = useFilter(APP_FIELD);
  const state = useFilter(FIELDS);
  const isPresent = useIsPresent();
  const automatic = useId();
  const [isAutomatic, setAutomatic] = useState(true);
  const appId = place.appId;
  const query = useQuery({
    queryKey: ['sandbox-messages', appId, state.filter],
    queryFn: () => get<Page<OutboxMessage>>('/sandbox/messages', { appId, ...state.filter }),
    enabled: appId !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: isAutomatic && isPresent ? REFRESH_MS : false,
  });
  const columns = useColumns();
  return (
    <>
      <search className="filters">
        <AppFilter value={appId} onChange={(chosen) => change({ appId: chosen })} isRequired />
        <TextFilter name="phone" label={texts('phone')} state={state} />
        <div className="inline-switch">
          <Switch id={automatic} checked={isAutomatic} onChange={setAutomatic} />
          <label htmlFor={automatic}>{texts(isPresent ? 'autoRefresh' : 'refreshPaused')}</label>
        </div>
      </search>
      {appId === undefined ? (
        <Lesson title={texts('chooseApp')} text={texts('chooseAppText')} />
      ) : (
        <RecordTable
          {...{ query, columns, state }}
          label={texts('messages')}
          rowKey={({ phone, at, text }) => `${phone}${at}${text}`}
          lesson={
            <Lesson title={texts('noMessages')} text={texts('noMessagesText')}>
              <CodeSample title={texts('sample')} code={SAMPLE} />
            </Lesson>
          }
        />
      )}
    </>
  );
}

function useColumns(): NonNullable<TableProps<OutboxMessage>['columns']> {
  const texts = useSandboxTexts();
  return [
    { title: texts('at'), render: (_, { at }) => <Instant at={at} /> },
    { title: texts('phone'), render: (_, { phone }) => <Copyable text={phone} /> },
    {
      title: texts('code'),
      render: (_, { code }) =>
        code === null ? (
          '–'
        ) : (
          <span className="sms-code">
            <Copyable text={code} />
          </span>
        ),
    },
    { title: texts('message'), render: (_, { text }) => <div className="wrapping">{text}</div> },
    {
      title: texts('state'),
      render: (_, { state, parts, reason }) => (
        <>
          {texts(`state.${state}`)}
          {parts > 1 && <div>{texts('parts', { count: parts })}</div>}
          {reason && <div className="wrapping">{reason}</div>}
        </>
      ),
    },
  ];
}
