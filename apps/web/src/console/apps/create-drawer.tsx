/** A new app: its choices, then its secrets, which are shown this once. */
import type { NewConsoleApp } from '@signet/protocol/console-api';
import { App, Button, Drawer, Form } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import './apps.css';
import { CodeSample } from '../parts/code-sample.tsx';
import { Failure } from '../parts/failure.tsx';
import { SecretSheet } from '../parts/secret-sheet.tsx';
import { useCreateApp } from './calls.ts';
import { sdkSample, shellSample } from './first-call.ts';
import {
  CallbackTypesField,
  CallbackUrlField,
  LimitField,
  LinesField,
  NameField,
  SwitchField,
} from './setting-fields.tsx';
import { changesOf, NEW_APP, type SettingsForm } from './settings.ts';
import { useAppTexts } from './texts.ts';

export function CreateDrawer({ onClose }: { readonly onClose: () => void }) {
  const texts = useAppTexts();
  const { modal } = App.useApp();
  const [created, setCreated] = useState<NewConsoleApp>();
  const close = () => {
    if (!created) return onClose();
    modal.confirm({
      title: texts('createdClose'),
      content: texts('createdCloseText'),
      okText: texts('leave'),
      okButtonProps: { danger: true },
      cancelText: texts('stay'),
      onOk: onClose,
    });
  };
  return (
    <Drawer
      open
      size="min(640px, 100vw)"
      title={created ? texts('created', { name: created.app.name }) : texts('create')}
      onClose={close}
      mask={{ closable: false }}
    >
      {created ? <Created created={created} onDone={onClose} /> : <CreateForm onCreated={setCreated} />}
    </Drawer>
  );
}

function CreateForm({ onCreated }: { readonly onCreated: (created: NewConsoleApp) => void }) {
  const texts = useAppTexts();
  const create = useCreateApp();
  type NewAppForm = SettingsForm & { readonly name: string; readonly strict: boolean };
  const submit = ({ strict, ...form }: NewAppForm) =>
    create.mutate({ ...changesOf(NEW_APP, form), name: form.name.trim(), strict }, { onSuccess: onCreated });
  return (
    <Form<NewAppForm>
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...NEW_APP, strict: true }}
      onFinish={submit}
      scrollToFirstError
    >
      <NameField />
      <h2>{texts('sectionSafety')}</h2>
      <SwitchField name="strict" />
      <SwitchField name="plainIdentity" />
      <SwitchField name="pathWithoutApi" />
      <LimitField />
      <LinesField name="allowedIps" />
      <h2>{texts('sectionSigning')}</h2>
      <SwitchField name="selfCertification" />
      <SwitchField name="silentSigning" />
      <SwitchField name="checkBeforeReading" />
      <SwitchField name="smsLimits" />
      <h2>{texts('sectionCallback')}</h2>
      <CallbackUrlField />
      <CallbackTypesField canChange />
      <h2>{texts('sectionPages')}</h2>
      <LinesField name="redirectSchemes" />
      <LinesField name="embeddingOrigins" />
      <div className="drawer-end">
        {create.error && <Failure error={create.error} />}
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {texts('create')}
        </Button>
      </div>
    </Form>
  );
}

interface CreatedProps {
  readonly created: NewConsoleApp;
  readonly onDone: () => void;
}

function Created({ created: { app, appSecret, callbackSecret }, onDone }: CreatedProps) {
  const texts = useAppTexts();
  const navigate = useNavigate();
  const sample = app.strict
    ? { title: texts('lessonSample'), code: sdkSample(location.origin, app.appKey) }
    : { title: texts('tryCall'), code: shellSample(location.origin, app.appKey) };
  const done = () => {
    onDone();
    void navigate(`/apps/${app.appKey}`);
  };
  return (
    <>
      {/* The form before it may have been scrolled down. */}
      <p tabIndex={-1} ref={(text) => text?.focus()}>
        {texts('createdText')}
      </p>
      <SecretSheet
        secrets={[
          { label: texts('baseUrl'), value: `${location.origin}/api` },
          { label: texts('appKey'), value: app.appKey },
          { label: texts('appSecret'), value: appSecret, help: texts('appSecretHelp') },
          { label: texts('callbackSecret'), value: callbackSecret, help: texts('callbackSecretHelp') },
        ]}
        onDone={done}
      />
      <CodeSample {...sample} />
    </>
  );
}
