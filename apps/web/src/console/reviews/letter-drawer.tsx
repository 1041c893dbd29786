import type { LetterDecided, LetterReview } from '@signet/protocol/console-api';
import { App, Button, Descriptions, Drawer, Input } from 'antd';
import { useId, useState } from 'react';
import { Copyable } from '../parts/copyable.tsx';
import { Failure } from '../parts/failure.tsx';
import { letterAddress, useDecide } from './calls.ts';
import './reviews.css';
import { useReviewTexts } from './texts.ts';

const LONGEST_REMARK = 200;

interface LetterDrawerProps {
  readonly letter: LetterReview;
  readonly onClose: () => void;
}

/** What the letter must say beside the letter itself, and the decision. */
export function LetterDrawer({ letter, onClose }: LetterDrawerProps) {
  const texts = useReviewTexts();
  return (
    <Drawer open size="large" title={texts('sheet')} onClose={onClose}>
      <div className="review-letter">
        <p>{texts('must')}</p>
        <Facts letter={letter} />
        <p>
          <Button href={letterAddress(letter.checkId)} target="_blank" rel="noreferrer">
            {texts('openFile')}
          </Button>
        </p>
        <DecisionForm checkId={letter.checkId} onDone={onClose} />
      </div>
    </Drawer>
  );
}

function Facts({ letter }: { readonly letter: LetterReview }) {
  const texts = useReviewTexts();
  const { company, agent, verificationId } = letter;
  return (
    <Descriptions
      column={1}
      size="small"
      items={[
        { key: 'company', label: texts('companyName'), children: company.name },
        { key: 'number', label: texts('companyNumber'), children: company.idNumber },
        { key: 'representative', label: texts('representative'), children: company.representativeName },
        { key: 'agent', label: texts('agentName'), children: agent.name },
        { key: 'agentNumber', label: texts('agentNumber'), children: agent.idNumber },
        { key: 'verification', label: texts('verificationId'), children: <Copyable text={verificationId} /> },
      ]}
    />
  );
}

function DecisionForm({ checkId, onDone }: { readonly checkId: string; readonly onDone: () => void }) {
  const texts = useReviewTexts();
  const { message } = App.useApp();
  const id = useId();
  const decide = useDecide();
  const [remark, setRemark] = useState('');
  const [isMissing, setMissing] = useState(false);
  const send = (status: LetterDecided['status']) => {
    const given = remark.trim();
    const lacksReason = status === 'un_passed' && given === '';
    setMissing(lacksReason);
    if (lacksReason) return;
    const onSuccess = () => {
      void message.success(texts(status === 'passed' ? 'passed' : 'refused'));
      onDone();
    };
    decide.mutate({ checkId, status, remark: given }, { onSuccess });
  };
  return (
    <div>
      <label htmlFor={id}>{texts('remark')}</label>
      <Input.TextArea
        id={id}
        rows={3}
        maxLength={LONGEST_REMARK}
        value={remark}
        status={isMissing ? 'error' : ''}
        aria-invalid={isMissing}
        aria-describedby={`${id}-help`}
        onChange={(event) => setRemark(event.target.value)}
      />
      <p id={`${id}-help`} className="help" aria-live="polite">
        {texts(isMissing ? 'remarkMissing' : 'remarkHelp')}
      </p>
      {decide.error && <Failure error={decide.error} />}
      <div className="dialog-end">
        <Button danger disabled={decide.isPending} onClick={() => send('un_passed')}>
          {texts('refuse')}
        </Button>
        <Button type="primary" loading={decide.isPending} onClick={() => send('passed')}>
          {texts('pass')}
        </Button>
      </div>
    </div>
  );
}
