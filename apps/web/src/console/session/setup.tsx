/** The first account of an installation; whoever can read the server's terminal may create it. */
import type { ConsoleSession, SetUp } from '@signet/protocol/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { enterSession } from '../api/answer-cache.ts';
import { post } from '../api/client.ts';
import { Failure } from '../parts/failure.tsx';
import { PageTitle } from '../parts/page-title.tsx';
import { Gate } from './gate.tsx';
import { PasswordFields } from './password-fields.tsx';
import { useSessionTexts } from './texts.ts';

interface SetupForm {
  readonly setupCode: string;
  readonly name: string;
  readonly newPassword: string;
}

export function Setup() {
  const texts = useSessionTexts();
  const answers = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<SetupForm>();
  const code = useCodeOfAddress();
  const accountName = Form.useWatch('name', form);
  const setUp = useMutation({
    mutationFn: ({ setupCode, name, newPassword: password }: SetupForm) =>
      post<ConsoleSession>('/setup', { setupCode, name, password } satisfies SetUp),
    onSuccess: async (session) => {
      enterSession(answers, session);
      await navigate('/', { replace: true });
    },
  });
  return (
    <Gate title={texts('setupTitle')} text={texts('setupText')}>
      <PageTitle title={texts('setupTitle')} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ setupCode: code }}
        onFinish={setUp.mutate}
      >
        <Form.Item
          name="setupCode"
          label={texts('setupCode')}
          extra={texts('setupCodeHelp')}
          rules={[{ required: true, message: texts('setupCodeHelp') }]}
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="name"
          label={texts('name')}
          rules={[{ required: true, pattern: /^\s*[\w.@+-]{3,64}\s*$/, message: texts('namePattern') }]}
        >
          <Input autoComplete="username" maxLength={64} />
        </Form.Item>
        <PasswordFields accountName={accountName} label={texts('password')} />
        {setUp.error && <Failure error={setUp.error} />}
        <Button type="primary" htmlType="submit" block loading={setUp.isPending}>
          {texts('create')}
        </Button>
      </Form>
    </Gate>
  );
}

/** Read from behind the `#`, which no server log sees, and taken out of the address bar. */
function useCodeOfAddress(): string {
  const [code] = useState(() => new URLSearchParams(location.hash.slice(1)).get('code') ?? '');
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname);
  }, []);
  return code;
}
