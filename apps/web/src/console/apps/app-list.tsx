import { PlusOutlined } from '@ant-design/icons';
import type { ConsoleApp } from '@signet/protocol/console-api';
import { Button, Skeleton, Table, type TableProps } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { CodeSample } from '../parts/code-sample.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { Lesson } from '../parts/lesson.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { useApps } from './calls.ts';
import { sdkSample } from './first-call.ts';
import { useAppTexts } from './texts.ts';

const CreateDrawer = lazy(() => import('./create-drawer.tsx').then(({ CreateDrawer }) => ({ default: CreateDrawer })));

export function AppList() {
  const texts = useAppTexts();
  const may = useMay();
  const [isCreating, setCreating] = useState(false);
  const create = may('apps.create') && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
      {texts('create')}
    </Button>
  );
  return (
    <>
      <PageHeading title={texts('title')} text={texts('text')}>
        {create}
      </PageHeading>
      <Apps lessonAction={create} />
      {isCreating && (
        <Suspense>
          <CreateDrawer onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </>
  );
}

function Apps({ lessonAction }: { readonly lessonAction: ReactNode }) {
  const texts = useAppTexts();
  const apps = useApps();
  const columns = useColumns();
  if (apps.error && !apps.data) return <Failure error={apps.error} onRetry={() => void apps.refetch()} />;
  if (!apps.data) return <Skeleton active paragraph={{ rows: 8 }} />;
  if (apps.data.length === 0) {
    return (
      <Lesson title={texts('lessonTitle')} text={texts('lessonText')}>
        {lessonAction}
        <CodeSample title={texts('lessonSample')} code={sdkSample(location.origin, 'APP_KEY')} />
      </Lesson>
    );
  }
  return (
    <Table<ConsoleApp>
      aria-label={texts('title')}
      columns={columns}
      dataSource={[...apps.data]}
      rowKey="appKey"
      pagination={apps.data.length > 50 ? { pageSize: 50 } : false}
      size="middle"
      scroll={{ x: 'max-content' }}
    />
  );
}

function useColumns(): NonNullable<TableProps<ConsoleApp>['columns']> {
  const texts = useAppTexts();
  const words = useWords();
  return [
    { title: texts('name'), render: (_, app) => <Link to={`/apps/${app.appKey}`}>{app.name}</Link> },
    { title: texts('appKey'), render: (_, app) => <Copyable text={app.appKey} /> },
    { title: words('status'), render: (_, app) => <Enabled app={app} /> },
    { title: texts('callback'), render: (_, app) => <Callback app={app} /> },
    { title: texts('choices'), render: (_, app) => <Choices app={app} /> },
    { title: texts('createdAt'), render: (_, app) => <Instant at={app.createdAt} /> },
  ];
}

export function Enabled({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  return <StatusMark tone={app.enabled ? 'ok' : 'calm'} word={texts(app.enabled ? 'enabled' : 'disabled')} />;
}

function Callback({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  if (app.callbackUrl === null) return <span className="help">{texts('noCallback')}</span>;
  if (app.callbackStoppedAt) return <StatusMark tone="bad" word={texts('callbackStopped')} />;
  return (
    <span title={app.callbackUrl}>
      {URL.canParse(app.callbackUrl) ? new URL(app.callbackUrl).host : app.callbackUrl}
    </span>
  );
}

const SHOWN_CHOICES = ['strict', 'selfCertification', 'silentSigning', 'checkBeforeReading', 'plainIdentity'] as const;

function Choices({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  const words = useWords();
  const on = SHOWN_CHOICES.filter((choice) => app[choice]);
  if (on.length === 0) return <span className="help">{words('none')}</span>;
  return (
    <span className="chips">
      {on.map((choice) => (
        <span key={choice} className="chip">
          {texts(choice)}
        </span>
      ))}
    </span>
  );
}
