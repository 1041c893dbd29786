/** One callback: its body, and every try with what was sent and what came back. */
import type { CallbackAttempt, CallbackDetail } from '@signet/protocol/console-api';
import { Alert, Button, Collapse, Drawer, Skeleton } from 'antd';
import { useFailureName, useTypeName } from '../parts/callback-words.ts';
import { CodeSample } from '../parts/code-sample.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { Instant } from '../parts/instant.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Subject } from '../parts/subject.tsx';
import { useMay } from '../session/session.ts';
import { useWords } from '../words.ts';
import { CallbackStatus, Progress } from './callback-status.tsx';
import { useCallbackDetail, useResend } from './calls.ts';
import { useCallbackTexts } from './texts.ts';

interface CallbackDrawerProps {
  readonly transactionId: string;
  readonly onClose: () => void;
}

export function CallbackDrawer({ transactionId, onClose }: CallbackDrawerProps) {
  const texts = useCallbackTexts();
  const detail = useCallbackDetail(transactionId);
  const nameOf = useTypeName();
  return (
    <Drawer
      open
      size="min(720px, 100vw)"
      title={detail.data ? nameOf(detail.data.type) : texts('detail')}
      onClose={onClose}
      extra={detail.data && <ResendButton callback={detail.data} />}
    >
      {detail.error && !detail.data && <Failure error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Skeleton active paragraph={{ rows: 10 }} />}
      {detail.data && <Detail callback={detail.data} />}
    </Drawer>
  );
}

function ResendButton({ callback: { transactionId, status } }: { readonly callback: CallbackDetail }) {
  const texts = useCallbackTexts();
  const may = useMay();
  const resend = useResend();
  if (!may('callbacks.resend')) return null;
  return (
    <>
      {resend.data && status !== 'pending' && <StatusMark tone="ok" word={texts('resent', { count: 1 })} />}{' '}
      {resend.error && <Failure error={resend.error} />}
      <Button
        type="primary"
        loading={resend.isPending}
        onClick={() => resend.mutate({ transactionIds: [transactionId] })}
      >
        {texts('resend')}
      </Button>
    </>
  );
}

function Detail({ callback }: { readonly callback: CallbackDetail }) {
  const texts = useCallbackTexts();
  const words = useWords();
  const { transactionId, type, appName, subject, businessCode, occurredAt, status, tries, attempts } = callback;
  const facts = [
    [texts('transactionId'), <Copyable key="id" text={transactionId} />],
    [texts('type'), <Copyable key="type" text={type} />],
    [words('status'), <CallbackStatus key="status" status={status} />],
    [texts('next'), <Progress key="next" callback={callback} />],
    [texts('tries'), tries],
    [words('app'), appName],
    [texts('subject'), <Subject key="subject" of={subject} />],
    [texts('businessCode'), businessCode === null ? words('none') : <Copyable key="code" text={businessCode} />],
    [texts('occurredAt'), <Instant key="at" at={occurredAt} />],
  ] as const;
  return (
    <>
      <dl className="facts facts-stacked">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <CodeSample title={texts('body')} code={JSON.stringify(callback.body, null, 2)} />
      <h2>{texts('attempts')}</h2>
      {attempts.length === 0 && <p className="help">{texts('noAttempts')}</p>}
      {attempts.length > 0 && (
        <Collapse
          defaultActiveKey={['0']}
          items={attempts.map((attempt, index) => ({
            key: String(index),
            label: <AttemptHeading attempt={attempt} />,
            children: <Attempt attempt={attempt} />,
          }))}
        />
      )}
    </>
  );
}

function AttemptHeading({ attempt: { at, status, failure, milliseconds } }: { readonly attempt: CallbackAttempt }) {
  const texts = useCallbackTexts();
  const nameOf = useFailureName();
  const isTaken = status !== null && status >= 200 && status < 300;
  const word =
    status === null
      ? texts('unanswered', { failure: nameOf(failure ?? ''), milliseconds })
      : texts('answered', { status, milliseconds });
  return (
    <span className="attempt">
      <Instant at={at} />
      <StatusMark tone={isTaken ? 'ok' : 'bad'} word={word} />
    </span>
  );
}

function Attempt({ attempt: { url, requestHeaders, answer } }: { readonly attempt: CallbackAttempt }) {
  const texts = useCallbackTexts();
  const headers = Object.entries(requestHeaders).map(([name, value]) => `${name}: ${value}`);
  return (
    <>
      <p className="request-line">
        POST <Copyable text={url} />
      </p>
      <CodeSample title={texts('request')} code={headers.join('\n')} />
      {answer ? <CodeSample title={texts('answer')} code={answer} /> : <Alert type="info" title={texts('noAnswer')} />}
    </>
  );
}
