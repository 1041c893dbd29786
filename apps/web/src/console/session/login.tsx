/** Password, then the authenticator's code when the account has one. */
import type { ConsoleSession, LogIn } from '@signet/protocol/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { enterSession } from '../api/answer-cache.ts';
import { ConsoleError, isRefusal, post } from '../api/client.ts';
import { Failure } from '../parts/failure.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { Gate } from './gate.tsx';
import { useSessionTexts } from './texts.ts';
import { TotpField } from './totp-field.tsx';

type Credentials = Pick<LogIn, 'name' | 'password'>;

export function Login({ mode }: { readonly mode: ConsoleSession['mode'] }) {
  const texts = useSessionTexts();
  const answers = useQueryClient();
  // Kept in memory for the second step only.
  const [checked, setChecked] = useState<Credentials>();
  const logIn = useMutation({
    mutationFn: (credentials: LogIn) => post<ConsoleSession>('/login', credentials),
    onSuccess: (session) => enterSession(answers, session),
    onError: (error, { name, password }) => {
      if (isRefusal(error, 'TOTP_NEEDED')) setChecked({ name, password });
    },
  });
  const error = isRefusal(logIn.error, 'TOTP_NEEDED') ? null : logIn.error;
  const goBack = () => {
    setChecked(undefined);
    logIn.reset();
  };
  return (
    <Gate title={texts(checked ? 'totp' : 'loginTitle')} {...(checked && { text: texts('totpText') })}>
      <PageTitle title={texts('loginTitle')} />
      {mode === 'sandbox' && (
        <p>
          <StatusMark tone="warn" word={texts('sandbox')} />
        </p>
      )}
      {checked ? (
        <CodeStep
          isBusy={logIn.isPending}
          error={error}
          onCode={(totp) => logIn.mutate({ ...checked, totp })}
          onBack={goBack}
        />
      ) : (
        <PasswordStep isBusy={logIn.isPending} error={error} onCredentials={logIn.mutate} />
      )}
      <p className="help">{texts('lost')}</p>
    </Gate>
  );
}

interface StepProps {
  readonly isBusy: boolean;
  readonly error: Error | null;
}

function PasswordStep({ isBusy, error, onCredentials }: StepProps & { onCredentials: (given: Credentials) => void }) {
  const texts = useSessionTexts();
  return (
    <Form layout="vertical" requiredMark={false} onFinish={onCredentials}>
      <Form.Item name="name" label={texts('name')} rules={[{ required: true, message: texts('name') }]}>
        <Input autoFocus autoComplete="username" maxLength={64} />
      </Form.Item>
      <Form.Item name="password" label={texts('password')} rules={[{ required: true, message: texts('password') }]}>
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      {error && <LoginFailure error={error} />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {texts('login')}
      </Button>
    </Form>
  );
}

interface CodeStepProps extends StepProps {
  readonly onCode: (totp: string) => void;
  readonly onBack: () => void;
}

function CodeStep({ isBusy, error, onCode, onBack }: CodeStepProps) {
  const texts = useSessionTexts();
  return (
    <Form<{ totp: string }> layout="vertical" requiredMark={false} onFinish={({ totp }) => onCode(totp)}>
      <TotpField autoFocus />
      {error && <LoginFailure error={error} />}
      <Button type="primary" htmlType="submit" block loading={isBusy}>
        {texts('verify')}
      </Button>
      <Button type="link" block onClick={onBack}>
        {texts('back')}
      </Button>
    </Form>
  );
}

function LoginFailure({ error }: { readonly error: Error }) {
  const texts = useSessionTexts();
  const seconds = error instanceof ConsoleError ? error.failure.retryAfterSeconds : undefined;
  return (
    <>
      <Failure error={error} />
      {seconds !== undefined && <p className="help">{texts('lockedFor', { seconds })}</p>}
    </>
  );
}
