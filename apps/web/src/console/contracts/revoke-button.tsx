import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words.ts';
import { useRevoke } from './calls.ts';
import { useContractTexts } from './texts.ts';

export function RevokeButton({ contractId }: { readonly contractId: string }) {
  const texts = useContractTexts();
  const words = useWords();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const revoke = useRevoke(contractId);
  const close = () => {
    setOpen(false);
    revoke.reset();
  };
  const submit = ({ reason }: { reason: string }) =>
    revoke.mutate(reason.trim(), {
      onSuccess: () => {
        close();
        void message.success(texts('revoked'));
      },
    });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {texts('revoke')}
      </Button>
      <Modal open={isOpen} title={texts('revoke')} onCancel={close} footer={null} destroyOnHidden>
        <p>{texts('revokeText')}</p>
        <Form layout="vertical" requiredMark={false} onFinish={submit}>
          <Form.Item
            name="reason"
            label={texts('reason')}
            extra={texts('reasonHelp')}
            rules={[{ required: true, whitespace: true, message: words('required') }]}
          >
            <Input.TextArea autoFocus maxLength={200} showCount rows={3} />
          </Form.Item>
          {revoke.error && <Failure error={revoke.error} />}
          <div className="dialog-end">
            <Button onClick={close}>{words('cancel')}</Button>
            <Button danger type="primary" htmlType="submit" loading={revoke.isPending}>
              {texts('revoke')}
            </Button>
          </div>
        </Form>
      </Modal>
    </>
  );
}
