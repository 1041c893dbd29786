import type { EndPayout, PayoutReview } from '@signet/protocol/console-api';
import { App, Button, Form, Input, Modal, Radio } from 'antd';
import { Failure } from '../parts/failure.tsx';
import { useWords } from '../words.ts';
import { useEndPayout } from './calls.ts';
import { useReviewTexts } from './texts.ts';

interface EndPayoutDialogProps {
  readonly payout: PayoutReview;
  readonly onClose: () => void;
}

/** Asks what became of the money and why, and says that it cannot be undone. */
export function EndPayoutDialog({ payout, onClose }: EndPayoutDialogProps) {
  const texts = useReviewTexts();
  const words = useWords();
  const { message } = App.useApp();
  const end = useEndPayout(payout.checkId);
  const submit = ({ status, reason }: EndPayout) => {
    const onSuccess = () => {
      void message.success(texts('payoutEnded'));
      onClose();
    };
    end.mutate({ status, reason: reason.trim() }, { onSuccess });
  };
  return (
    <Modal open title={texts('endPayout')} onCancel={onClose} footer={null} destroyOnHidden>
      <p>{texts('endPayoutText', { company: payout.company.name })}</p>
      <Form layout="vertical" requiredMark={false} onFinish={submit} initialValues={{ status: 'returned' }}>
        <Form.Item name="status" label={texts('endAs')}>
          <Radio.Group
            options={[
              { value: 'returned', label: texts('payout.returned') },
              { value: 'failed', label: texts('payout.failed') },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={texts('reason')}
          extra={texts('endReasonHelp')}
          rules={[{ required: true, whitespace: true, message: words('required') }]}
        >
          <Input.TextArea autoFocus maxLength={200} showCount rows={3} />
        </Form.Item>
        {end.error && <Failure error={end.error} />}
        <div className="dialog-end">
          <Button onClick={onClose}>{words('cancel')}</Button>
          <Button danger type="primary" htmlType="submit" loading={end.isPending}>
            {texts('endPayoutConfirm')}
          </Button>
        </div>
      </Form>
    </Modal>
  );
}
