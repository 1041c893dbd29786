/** Where events go, which ones, and whether the address answers. */
import type { ConsoleApp, ProbeResult } from '@signet/protocol/console-api';
import { Alert, App, Button } from 'antd';
import { useFailureName } from '../parts/callback-words.ts';
import { Failure } from '../parts/failure.tsx';
import { useChangeApp, useProbe } from './calls.ts';
import { CallbackTypesField, CallbackUrlField } from './setting-fields.tsx';
import { useAppTexts } from './texts.ts';

interface CallbackSectionProps {
  readonly app: ConsoleApp;
  readonly canChange: boolean;
  readonly isUrlChanged: boolean;
}

export function CallbackSection({ app, canChange, isUrlChanged }: CallbackSectionProps) {
  const texts = useAppTexts();
  return (
    <section className="card">
      <h2>{texts('sectionCallback')}</h2>
      {app.callbackStoppedAt && <Stopped app={app} at={app.callbackStoppedAt} canChange={canChange} />}
      <CallbackUrlField />
      {canChange && app.callbackUrl !== null && <Probe appKey={app.appKey} isUrlChanged={isUrlChanged} />}
      <CallbackTypesField canChange={canChange} />
    </section>
  );
}

interface StoppedProps {
  readonly app: ConsoleApp;
  readonly at: string;
  readonly canChange: boolean;
}

function Stopped({ app, at, canChange }: StoppedProps) {
  const texts = useAppTexts();
  const { message } = App.useApp();
  const change = useChangeApp(app.appKey);
  const resume = async () => {
    await change.mutateAsync({ callbackUrl: app.callbackUrl });
    void message.success(texts('resumed'));
  };
  return (
    <div className="spaced">
      <Alert
        type="error"
        showIcon
        title={texts('stoppedTitle', { at: new Date(at).toLocaleString() })}
        description={texts('stoppedText')}
        action={
          canChange && (
            <Button size="small" loading={change.isPending} onClick={() => resume().catch(() => undefined)}>
              {texts('resume')}
            </Button>
          )
        }
      />
      {change.error && <Failure error={change.error} />}
    </div>
  );
}

function Probe({ appKey, isUrlChanged }: { readonly appKey: string; readonly isUrlChanged: boolean }) {
  const texts = useAppTexts();
  const probe = useProbe(appKey);
  return (
    <div className="probe" aria-live="polite">
      <Button loading={probe.isPending} disabled={isUrlChanged} onClick={() => probe.mutate()}>
        {texts('probe')}
      </Button>
      <span className="help">{texts(isUrlChanged ? 'probeUnsaved' : 'probeHelp')}</span>
      {probe.data && !probe.isPending && <Result result={probe.data} />}
      {probe.error && <Failure error={probe.error} />}
    </div>
  );
}

function Result({ result: { ok, status, failure, milliseconds } }: { readonly result: ProbeResult }) {
  const texts = useAppTexts();
  const nameOf = useFailureName();
  if (status === null) {
    return (
      <Alert type="error" showIcon title={texts('probeFailed', { failure: nameOf(failure ?? ''), milliseconds })} />
    );
  }
  return ok ? (
    <Alert type="success" showIcon title={texts('probeOk', { status, milliseconds })} />
  ) : (
    <Alert type="warning" showIcon title={texts('probeRefused', { status, milliseconds })} />
  );
}
