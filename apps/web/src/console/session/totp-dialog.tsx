/** Turns two-step login (TOTP, RFC 6238) on or off for the viewer's own account. */
import type { ConsoleSession, TotpEnrollment } from '@signet/protocol/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { SESSION_KEY } from '../api/answer-cache.ts';
import { post } from '../api/client.ts';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { useSession } from './session.ts';
import { useSessionTexts } from './texts.ts';
import { TotpField } from './totp-field.tsx';

interface TotpDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function TotpDialog({ isOpen, onClose }: TotpDialogProps) {
  const texts = useSessionTexts();
  const { account } = useSession();
  return (
    <Modal
      open={isOpen}
      title={texts(account.totpEnabled ? 'totpOffTitle' : 'totpOnTitle')}
      onCancel={onClose}
      footer={null}
      destroyOnHidden
    >
      {account.totpEnabled ? <TurnOff onDone={onClose} /> : <TurnOn onDone={onClose} />}
    </Modal>
  );
}

interface PartProps {
  readonly onDone: () => void;
}

function TurnOn({ onDone }: PartProps) {
  const texts = useSessionTexts();
  const begin = useMutation({
    mutationFn: (given: { password: string }) => post<TotpEnrollment>('/account/totp/begin', given),
  });
  if (begin.data) return <Enrollment enrollment={begin.data} onDone={onDone} />;
  return (
    <Form layout="vertical" requiredMark={false} onFinish={begin.mutate}>
      <p>{texts('totpOnText')}</p>
      <PasswordField />
      {begin.error && <Failure error={begin.error} />}
      <Button type="primary" htmlType="submit" block loading={begin.isPending}>
        {texts('next')}
      </Button>
    </Form>
  );
}

function Enrollment({ enrollment, onDone }: PartProps & { readonly enrollment: TotpEnrollment }) {
  const texts = useSessionTexts();
  const enable = useAccountChange<{ totp: string }>('/account/totp/enable', texts('totpOn'), onDone);
  return (
    <Form layout="vertical" requiredMark={false} onFinish={enable.mutate}>
      <p>{texts('totpScan')}</p>
      <div className="enrollment">
        <QrCode text={enrollment.uri} label={texts('qr')} />
        <div>
          <div className="help">{texts('totpSecret')}</div>
          <Copyable text={enrollment.secret} />
        </div>
      </div>
      <p>{texts('totpEnter')}</p>
      <TotpField />
      {enable.error && <Failure error={enable.error} />}
      <Button type="primary" htmlType="submit" block loading={enable.isPending}>
        {texts('enable')}
      </Button>
    </Form>
  );
}

function TurnOff({ onDone }: PartProps) {
  const texts = useSessionTexts();
  const disable = useAccountChange<{ password: string; totp: string }>(
    '/account/totp/disable',
    texts('totpOff'),
    onDone,
  );
  return (
    <Form layout="vertical" requiredMark={false} onFinish={disable.mutate}>
      <p>{texts('totpOffText')}</p>
      <PasswordField />
      <TotpField />
      {disable.error && <Failure error={disable.error} />}
      <Button danger htmlType="submit" block loading={disable.isPending}>
        {texts('disable')}
      </Button>
    </Form>
  );
}

function PasswordField() {
  const texts = useSessionTexts();
  return (
    <Form.Item name="password" label={texts('oldPassword')} rules={[{ required: true, message: texts('oldPassword') }]}>
      <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
    </Form.Item>
  );
}

function useAccountChange<Given extends object>(path: string, success: string, onDone: () => void) {
  const answers = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: (given: Given) => post<ConsoleSession>(path, given),
    onSuccess: (session) => {
      answers.setQueryData(SESSION_KEY, session);
      void message.success(success);
      onDone();
    },
  });
}
