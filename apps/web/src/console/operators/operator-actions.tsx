/** What an owner does to an account, each with its consequence said before. */
import { MoreOutlined } from '@ant-design/icons';
import type { Operator, Role } from '@signet/protocol/console-api';
import { App, Button, Dropdown, Form, type MenuProps, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { Failure } from '../parts/failure.tsx';
import { SecretSheet } from '../parts/secret-sheet.tsx';
import { useWords } from '../words.ts';
import { type OperatorChange, useChangeOperator, useResetOperator } from './calls.ts';
import { RoleField } from './role-field.tsx';
import { useOperatorTexts } from './texts.ts';

type Action = 'role' | 'disable' | 'enable' | 'unlock' | 'reset';

interface ActionsProps {
  readonly operator: Operator;
}

export function OperatorActions({ operator }: ActionsProps) {
  const texts = useOperatorTexts();
  const [dialog, setDialog] = useState<Action>();
  const change = useChangeAndTell(operator);
  const { accountId, name, disabled, lockedUntil } = operator;

  const items: MenuProps['items'] = [
    { key: 'role', label: texts('change') },
    { key: 'reset', label: texts('reset') },
    ...(lockedUntil === null ? [] : [{ key: 'unlock', label: texts('unlock') }]),
    { type: 'divider' },
    disabled ? { key: 'enable', label: texts('enable') } : { key: 'disable', label: texts('disable'), danger: true },
  ];
  const choose = (action: Action) => {
    if (action === 'enable') return change.apply({ disabled: false });
    if (action === 'unlock') return change.apply({ unlock: true });
    setDialog(action);
  };
  const close = () => setDialog(undefined);
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key as Action) }}>
        <Button
          type="text"
          icon={<MoreOutlined aria-hidden />}
          loading={change.isPending}
          aria-label={texts('actionsOf', { name })}
        />
      </Dropdown>
      {dialog === 'role' && <RoleDialog operator={operator} onClose={close} />}
      {dialog === 'disable' && <DisableDialog operator={operator} onClose={close} />}
      {dialog === 'reset' && <ResetDialog key={accountId} operator={operator} onClose={close} />}
    </>
  );
}

/** A refusal of what is done without a dialog is shown in one. */
function useChangeAndTell({ accountId }: Operator) {
  const texts = useOperatorTexts();
  const { message, modal } = App.useApp();
  const { mutate, isPending } = useChangeOperator(accountId);
  const apply = (change: OperatorChange) =>
    mutate(change, {
      onSuccess: () => void message.success(texts('saved')),
      onError: (error) => void modal.error({ icon: null, content: <Failure error={error} /> }),
    });
  return { apply, isPending };
}

interface DialogProps extends ActionsProps {
  readonly onClose: () => void;
}

function RoleDialog({ operator: { accountId, name, role }, onClose }: DialogProps) {
  const texts = useOperatorTexts();
  const change = useChangeOperator(accountId);
  return (
    <Modal open title={texts('changeTitle', { name })} onCancel={onClose} footer={null}>
      <Form<{ role: Role }>
        layout="vertical"
        initialValues={{ role }}
        onFinish={(chosen) => change.mutate(chosen, { onSuccess: onClose })}
      >
        <RoleField />
        {change.error && <Failure error={change.error} />}
        <DialogEnd onClose={onClose} isBusy={change.isPending}>
          {texts('change')}
        </DialogEnd>
      </Form>
    </Modal>
  );
}

function DisableDialog({ operator: { accountId, name }, onClose }: DialogProps) {
  const texts = useOperatorTexts();
  const change = useChangeOperator(accountId);
  return (
    <Modal open title={texts('disableTitle', { name })} onCancel={onClose} footer={null}>
      <p>{texts('disableText')}</p>
      {change.error && <Failure error={change.error} />}
      <DialogEnd
        onClose={onClose}
        isBusy={change.isPending}
        onGo={() => change.mutate({ disabled: true }, { onSuccess: onClose })}
      >
        {texts('disable')}
      </DialogEnd>
    </Modal>
  );
}

function ResetDialog({ operator: { accountId, name }, onClose }: DialogProps) {
  const texts = useOperatorTexts();
  const reset = useResetOperator(accountId);
  if (reset.data) {
    const secrets = [{ label: texts('temporary'), value: reset.data.temporaryPassword, help: texts('temporaryHelp') }];
    return (
      <Modal open title={texts('resetDone', { name })} closable={false} footer={null}>
        <SecretSheet secrets={secrets} onDone={onClose} />
      </Modal>
    );
  }
  return (
    <Modal open title={texts('resetTitle', { name })} onCancel={onClose} footer={null}>
      <p>{texts('resetText')}</p>
      {reset.error && <Failure error={reset.error} />}
      <DialogEnd onClose={onClose} isBusy={reset.isPending} onGo={() => reset.mutate()}>
        {texts('reset')}
      </DialogEnd>
    </Modal>
  );
}

interface DialogEndProps {
  readonly onClose: () => void;
  readonly isBusy: boolean;
  /** Without it, the button sends the form that it stands in. */
  readonly onGo?: () => void;
  readonly children: ReactNode;
}

function DialogEnd({ onClose, isBusy, onGo, children }: DialogEndProps) {
  const words = useWords();
  return (
    <div className="dialog-end">
      <Button onClick={onClose}>{words('cancel')}</Button>
      <Button type="primary" htmlType={onGo ? 'button' : 'submit'} loading={isBusy} onClick={onGo}>
        {children}
      </Button>
    </div>
  );
}
