import { ArrowLeftOutlined } from '@ant-design/icons';
import type { AppSettingsChange, ConsoleApp } from '@signet/protocol/console-api';
import { App, Button, Form, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import './apps.css';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { Enabled } from './app-list.tsx';
import { CallbackSection } from './callback-section.tsx';
import { useApp, useChangeApp } from './calls.ts';
import { SecretsSection } from './secrets-section.tsx';
import { LimitField, LinesField, NameField, SwitchField } from './setting-fields.tsx';
import { changesOf, type SettingsForm, toForm } from './settings.ts';
import { useAppTexts } from './texts.ts';

export function AppPage() {
  const { appKey = '' } = useParams();
  const app = useApp(appKey);
  if (!app.data && app.error) return <Failure error={app.error} onRetry={() => void app.refetch()} />;
  if (!app.data) return <Skeleton active paragraph={{ rows: 12 }} />;
  return <Details app={app.data} />;
}

function Details({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  const may = useMay();
  return (
    <>
      <PageHeading
        title={app.name}
        before={
          <Link to="/apps" className="back">
            <ArrowLeftOutlined aria-hidden /> {texts('back')}
          </Link>
        }
      >
        {may('apps.enable') && <EnableButton app={app} />}
      </PageHeading>
      <Facts app={app} />
      <Settings app={app} canChange={may('apps.change')} />
      <SecretsSection app={app} canRotate={may('apps.secrets')} />
    </>
  );
}

function Facts({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  const words = useWords();
  const { appKey, appId, createdAt, strict } = app;
  const facts = [
    [words('status'), <Enabled key="enabled" app={app} />],
    [texts('appKey'), <Copyable key="key" text={appKey} />],
    ['appId', <Copyable key="id" text={appId} />],
    [texts('createdAt'), <Instant key="at" at={createdAt} />],
    [texts('strict'), words(strict ? 'yes' : 'no')],
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

function Settings({ app, canChange }: { readonly app: ConsoleApp; readonly canChange: boolean }) {
  const texts = useAppTexts();
  const [form] = Form.useForm<SettingsForm>();
  // Not the newest, which somebody else may have changed: what was typed is compared with what it was typed over.
  const [before, setBefore] = useState(() => toForm(app));
  const changes = changesOf(before, Form.useWatch([], form) ?? {});
  return (
    <Form form={form} layout="vertical" requiredMark={false} initialValues={before} disabled={!canChange}>
      <section className="card">
        <h2>{texts('sectionBasic')}</h2>
        <NameField />
      </section>
      <CallbackSection app={app} canChange={canChange} isUrlChanged={'callbackUrl' in changes} />
      <section className="card">
        <h2>{texts('sectionSigning')}</h2>
        <SwitchField name="selfCertification" />
        <SwitchField name="silentSigning" />
        <SwitchField name="checkBeforeReading" />
        <SwitchField name="smsLimits" />
      </section>
      <section className="card">
        <h2>{texts('sectionSafety')}</h2>
        <SwitchField name="plainIdentity" />
        <SwitchField name="pathWithoutApi" />
        <LimitField />
        <LinesField name="allowedIps" />
      </section>
      <section className="card">
        <h2>{texts('sectionPages')}</h2>
        <LinesField name="redirectSchemes" />
        <LinesField name="embeddingOrigins" />
      </section>
      <SaveBar appKey={app.appKey} {...{ before, changes }} onSaved={setBefore} />
    </Form>
  );
}

interface SaveBarProps {
  readonly appKey: string;
  readonly before: SettingsForm;
  readonly changes: AppSettingsChange;
  readonly onSaved: (form: SettingsForm) => void;
}

function SaveBar({ appKey, before, changes, onSaved }: SaveBarProps) {
  const texts = useAppTexts();
  const words = useWords();
  const form = Form.useFormInstance<SettingsForm>();
  const { message } = App.useApp();
  const change = useChangeApp(appKey);
  const count = Object.keys(changes).length;
  useLeaveWarning(count > 0);
  if (count === 0) return null;

  const save = async () => {
    await form.validateFields();
    const saved = toForm(await change.mutateAsync(changes));
    form.setFieldsValue(saved);
    onSaved(saved);
    void message.success(texts('saved'));
  };
  const discard = () => {
    change.reset();
    form.setFieldsValue(before);
  };
  return (
    <section className="save-bar" aria-label={words('save')}>
      {change.error && <Failure error={change.error} />}
      <span>{texts('unsaved', { count })}</span>
      <Button onClick={discard}>{words('discard')}</Button>
      {/* What stands in the way is shown at the field or above. */}
      <Button type="primary" loading={change.isPending} onClick={() => save().catch(() => undefined)}>
        {words('save')}
      </Button>
    </section>
  );
}

function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isUnsaved]);
}

function EnableButton({ app }: { readonly app: ConsoleApp }) {
  const texts = useAppTexts();
  const { modal, message } = App.useApp();
  const change = useChangeApp(app.appKey);
  const verb = app.enabled ? 'disable' : 'enable';
  const ask = () =>
    modal.confirm({
      title: texts(verb),
      content: texts(`${verb}Ask`),
      okText: texts(verb),
      okButtonProps: { danger: app.enabled },
      onOk: async () => {
        await change.mutateAsync({ enabled: !app.enabled });
        void message.success(texts('saved'));
      },
    });
  return (
    <>
      {change.error && <Failure error={change.error} />}
      <Button danger={app.enabled} onClick={ask}>
        {texts(verb)}
      </Button>
    </>
  );
}
