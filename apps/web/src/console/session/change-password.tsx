import type { ChangePassword, ConsoleAccount, ConsoleSession } from '@signet/protocol/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input } from 'antd';
import { SESSION_KEY } from '../api/answer-cache.ts';
import { post } from '../api/client.ts';
import { Failure } from '../parts/failure.tsx';
import { PasswordFields } from './password-fields.tsx';
import { useSessionTexts } from './texts.ts';

interface ChangePasswordFormProps {
  readonly account: ConsoleAccount;
  readonly onDone?: () => void;
}

export function ChangePasswordForm({ account, onDone }: ChangePasswordFormProps) {
  const texts = useSessionTexts();
  const answers = useQueryClient();
  const { message } = App.useApp();
  const change = useMutation({
    mutationFn: ({ oldPassword, newPassword }: ChangePassword) =>
      post<ConsoleSession>('/account/password', { oldPassword, newPassword } satisfies ChangePassword),
    onSuccess: (session) => {
      answers.setQueryData(SESSION_KEY, session);
      void message.success(texts('changed'));
      onDone?.();
    },
  });
  return (
    <Form layout="vertical" requiredMark={false} onFinish={change.mutate}>
      {/* Password managers file the new password under it. */}
      <input type="text" hidden readOnly autoComplete="username" value={account.name} />
      <Form.Item
        name="oldPassword"
        label={texts('oldPassword')}
        rules={[{ required: true, message: texts('oldPassword') }]}
      >
        <Input.Password autoFocus autoComplete="current-password" maxLength={200} />
      </Form.Item>
      <PasswordFields accountName={account.name} label={texts('newPassword')} />
      {change.error && <Failure error={change.error} />}
      <Button type="primary" htmlType="submit" block loading={change.isPending}>
        {texts('change')}
      </Button>
    </Form>
  );
}
