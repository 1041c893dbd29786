/** The two secrets of an app: never shown again, but replaced without a moment in which neither works. */
import type { ConsoleApp } from '@signet/protocol/console-api';
import { App, Button, Modal } from 'antd';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { SecretSheet } from '../parts/secret-sheet.tsx';
import { useRotate } from './calls.ts';
import { useAppTexts } from './texts.ts';

interface SecretsSectionProps {
  readonly app: ConsoleApp;
  readonly canRotate: boolean;
}

export function SecretsSection({ app, canRotate }: SecretsSectionProps) {
  const texts = useAppTexts();
  return (
    <section className="card">
      <h2>{texts('sectionSecrets')}</h2>
      <p className="help">{texts('secretText')}</p>
      <Secret {...{ app, canRotate }} which="app" oldUntil={app.previousSecretUntil} />
      <Secret {...{ app, canRotate }} which="callback" oldUntil={app.previousCallbackSecretUntil} />
    </section>
  );
}

interface SecretProps extends SecretsSectionProps {
  readonly which: 'app' | 'callback';
  readonly oldUntil: string | null;
}

function Secret({ app, canRotate, which, oldUntil }: SecretProps) {
  const texts = useAppTexts();
  const { modal } = App.useApp();
  const rotate = useRotate(app.appKey);
  const secret = texts(`${which}Secret`);
  const overlap = oldUntil !== null && Date.parse(oldUntil) > Date.now() ? oldUntil : undefined;
  const ask = () =>
    modal.confirm({
      title: texts('rotateTitle', { secret }),
      content: (
        <>
          <p>{texts('rotateText')}</p>
          {overlap && <p>{texts('rotateAgain', { at: new Date(overlap).toLocaleString() })}</p>}
        </>
      ),
      okText: texts('rotate'),
      onOk: () => rotate.mutateAsync(which).catch(() => undefined),
    });
  return (
    <div className="secret-row">
      <div>
        <div>{secret}</div>
        <div className="help">{texts(`${which}SecretHelp`)}</div>
        <div className="help">
          {overlap ? (
            <>
              {texts('oldUntil')} <Instant at={overlap} />
            </>
          ) : (
            texts('oneValid')
          )}
        </div>
        {rotate.error && <Failure error={rotate.error} />}
      </div>
      {canRotate && (
        <Button onClick={ask} aria-label={texts('rotateTitle', { secret })}>
          {texts('rotate')}
        </Button>
      )}
      <Modal open={rotate.data !== undefined} title={texts('rotated', { secret })} closable={false} footer={null}>
        {rotate.data && <SecretSheet secrets={[{ label: secret, value: rotate.data.secret }]} onDone={rotate.reset} />}
      </Modal>
    </div>
  );
}
