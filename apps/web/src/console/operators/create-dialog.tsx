import type { Role } from '@signet/protocol/console-api';
import { Button, Form, Input, Modal } from 'antd';
import { Failure } from '../parts/failure.tsx';
import { SecretSheet } from '../parts/secret-sheet.tsx';
import { useWords } from '../words.ts';
import { useCreateOperator } from './calls.ts';
import { RoleField } from './role-field.tsx';
import { useOperatorTexts } from './texts.ts';

export function CreateDialog({ onClose }: { readonly onClose: () => void }) {
  const texts = useOperatorTexts();
  const words = useWords();
  const create = useCreateOperator();
  if (create.data) {
    const { operator, temporaryPassword } = create.data;
    return (
      <Modal open title={texts('created', { name: operator.name })} closable={false} footer={null}>
        <SecretSheet
          secrets={[
            { label: texts('name'), value: operator.name },
            { label: texts('temporary'), value: temporaryPassword, help: texts('temporaryHelp') },
          ]}
          onDone={onClose}
        />
      </Modal>
    );
  }
  return (
    <Modal open title={texts('create')} onCancel={onClose} footer={null}>
      <Form<{ name: string; role: Role }>
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: 'developer' }}
        onFinish={create.mutate}
      >
        <Form.Item
          name="name"
          label={texts('name')}
          rules={[{ required: true, pattern: /^\s*[\w.@+-]{3,64}\s*$/, message: texts('namePattern') }]}
        >
          <Input autoFocus autoComplete="off" maxLength={64} />
        </Form.Item>
        <RoleField />
        {create.error && <Failure error={create.error} />}
        <div className="dialog-end">
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {texts('create')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
