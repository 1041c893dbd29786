/** Sends the events of a period again; the result stays until the dialog is closed. */
import { Alert, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { AppFilter } from '../parts/app-filter.tsx';
import { Failure } from '../parts/failure.tsx';
import { RECENT, toQuery } from '../parts/period.ts';
import { TimeRange } from '../parts/time-range.tsx';
import type { Filter } from '../parts/use-filter.ts';
import { useWords } from '../words.ts';
import { useResend } from './calls.ts';
import { useCallbackTexts } from './texts.ts';

const RESENDABLE = ['dead', 'unsent', 'delivered'] as const;

interface ResendDialogProps {
  readonly initial: Filter;
  readonly onClose: () => void;
}

export function ResendDialog({ initial, onClose }: ResendDialogProps) {
  const texts = useCallbackTexts();
  const words = useWords();
  const resend = useResend();
  const [appId, setAppId] = useState(initial.appId);
  const [status, setStatus] = useState(RESENDABLE.find((known) => known === initial.status) ?? 'dead');
  const [range, setRange] = useState(() => periodOf(initial));
  const { begin, end } = range;
  const isComplete = Boolean(appId && begin && end);
  const send = () => {
    if (appId && begin && end) resend.mutate({ appId, status, begin, end });
  };
  return (
    <Modal
      open
      title={texts('resendRange')}
      onCancel={onClose}
      footer={[
        <Button key="close" onClick={onClose}>
          {words('close')}
        </Button>,
        <Button key="send" type="primary" disabled={!isComplete} loading={resend.isPending} onClick={send}>
          {texts('resend')}
        </Button>,
      ]}
    >
      <p>{texts('resendRangeText')}</p>
      <div className="stacked">
        <AppFilter value={appId} onChange={setAppId} isRequired />
        <fieldset className="plain">
          <legend>{texts('resendStatus')}</legend>
          <Radio.Group
            value={status}
            onChange={({ target }) => setStatus(target.value)}
            options={RESENDABLE.map((value) => ({ value, label: texts(`status.${value}`) }))}
          />
        </fieldset>
        <div className="field-pair">
          <TimeRange {...range} onChange={(changed) => setRange({ ...range, ...changed })} />
        </div>
        {!isComplete && <p className="help">{texts('required')}</p>}
        {resend.error && <Failure error={resend.error} />}
        {resend.data && !resend.isPending && <Outcome count={resend.data.count} />}
      </div>
    </Modal>
  );
}

function Outcome({ count }: { readonly count: number }) {
  const texts = useCallbackTexts();
  return count > 0 ? (
    <Alert type="success" showIcon role="status" title={texts('resent', { count })} />
  ) : (
    <Alert type="info" showIcon role="status" title={texts('resentNone')} />
  );
}

/** The table's own period, or the last day. */
function periodOf(filter: Filter): { begin: string; end: string } {
  const now = Date.now();
  const { begin = new Date(now - RECENT.day).toISOString(), end = new Date(now).toISOString() } = toQuery(filter, now);
  return { begin, end };
}
