import { KeyOutlined, LogoutOutlined, SafetyOutlined, UserOutlined } from '@ant-design/icons';
import type { ConsoleSession } from '@signet/protocol/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, type MenuProps, Modal } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { enterSession } from '../api/answer-cache.ts';
import { post } from '../api/client.ts';
import { ChangePasswordForm } from '../session/change-password.tsx';
import { useSession } from '../session/session.ts';
import { useSessionTexts } from '../session/texts.ts';
import { useWords } from '../words.ts';

const TotpDialog = lazy(() => import('../session/totp-dialog.tsx').then(({ TotpDialog }) => ({ default: TotpDialog })));

type Choice = 'password' | 'totp' | 'logout';

export function AccountMenu() {
  const texts = useSessionTexts();
  const words = useWords();
  const { account } = useSession();
  const [open, setOpen] = useState<Choice>();
  const logOut = useLogOut();
  const close = () => setOpen(undefined);

  const items: MenuProps['items'] = [
    { key: 'who', type: 'group', label: `${account.name} · ${words(`role.${account.role}`)}` },
    { key: 'password', icon: <KeyOutlined aria-hidden />, label: texts('changeTitle') },
    { key: 'totp', icon: <SafetyOutlined aria-hidden />, label: texts('totpMenu') },
    { type: 'divider' },
    { key: 'logout', icon: <LogoutOutlined aria-hidden />, label: texts('logout') },
  ];
  const choose = (choice: Choice) => (choice === 'logout' ? logOut() : setOpen(choice));
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key as Choice) }}>
        <Button type="text" icon={<UserOutlined aria-hidden />} aria-label={`${texts('account')} ${account.name}`}>
          <span className="account-name">{account.name}</span>
        </Button>
      </Dropdown>
      <Modal open={open === 'password'} title={texts('changeTitle')} onCancel={close} footer={null} destroyOnHidden>
        <ChangePasswordForm account={account} onDone={close} />
      </Modal>
      {open === 'totp' && (
        <Suspense>
          <TotpDialog isOpen onClose={close} />
        </Suspense>
      )}
    </>
  );
}

function useLogOut(): () => void {
  const answers = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => post<ConsoleSession>('/logout'),
    onSuccess: (session) => enterSession(answers, session),
  });
  return mutate;
}
