import { type ChangeEvent, useState } from 'react';
import { useAction } from '../../api/action.ts';
import { FailureNotice } from '../../api/failure-notice.tsx';
import { usePolling } from '../../api/polling.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useTexts } from '../../ui/texts.ts';
import { StepHeading } from '../identity-frame.tsx';
import { readBase64 } from '../shrink-picture.ts';
import type { CompanyStepProps } from './step-props.ts';
import { COMPANY_TEXTS } from './texts.ts';

const AUDIT_POLL_MS = 10_000;
const LARGEST_BYTES = 10_000_000;
const FILE_TYPES = ['application/pdf', 'image/png', 'image/jpeg'];

/** Download, sign and stamp, upload. */
export function LetterStep({ state, calls }: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  const download = useAction();
  const { letter } = state;
  const save = async (): Promise<void> => {
    const bytes = await calls.readFile('/letter');
    saveAs(new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), say('letterFile'));
  };
  return (
    <>
      <StepHeading>{say('letterHeading')}</StepHeading>
      <section className="identity-card">
        {letter?.status === 'un_passed' && (
          <Notice tone="bad" title={say('letterRefused')}>
            {letter.remark && <p>{letter.remark}</p>}
          </Notice>
        )}
        <p>{say('letterSentence')}</p>
        <ol className="company-letter-steps">
          <li>{say('letterStep1')}</li>
          <li>{say('letterStep2')}</li>
          <li>{say('letterStep3')}</li>
        </ol>
        <Button
          kind="secondary"
          icon="download"
          busy={download.isBusy}
          busyLabel={say('working')}
          onClick={() => void download.run(save)}
        >
          {say('letterDownload')}
        </Button>
        {download.error && <FailureNotice error={download.error} onRetry={() => void download.run(save)} />}
        <LetterUpload calls={calls} />
      </section>
    </>
  );
}

function LetterUpload({ calls }: Pick<CompanyStepProps, 'calls'>) {
  const say = useTexts(COMPANY_TEXTS);
  const action = useAction();
  const [isUnfit, setIsUnfit] = useState(false);
  const upload = async (file: File): Promise<void> => {
    const fileBase64 = await readBase64(file);
    await calls.command('/letter/upload', { fileName: file.name.slice(-200), fileBase64 });
  };
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.target.files ?? [];
    const fits = file !== undefined && file.size <= LARGEST_BYTES && FILE_TYPES.includes(file.type);
    setIsUnfit(file !== undefined && !fits);
    if (file && fits) void action.run(() => upload(file));
    event.target.value = '';
  };
  return (
    <div>
      <div className="identity-picture">
        <label className="button button-primary">
          <Icon name="file" />
          <span>{say(action.isBusy ? 'letterUploading' : 'letterUpload')}</span>
          <input type="file" accept={FILE_TYPES.join(',')} disabled={action.isBusy} onChange={choose} />
        </label>
      </div>
      <p className={isUnfit ? 'field-problem' : 'identity-field-hint'} aria-live="polite">
        {say(isUnfit ? 'letterProblem' : 'letterHint')}
      </p>
      {action.error && <FailureNotice error={action.error} />}
    </div>
  );
}

/** Somebody reads it; one can leave. */
export function AuditingStep({ calls }: CompanyStepProps) {
  const say = useTexts(COMPANY_TEXTS);
  usePolling(true, AUDIT_POLL_MS, calls.refresh);
  return (
    <>
      <StepHeading>{say('auditingHeading')}</StepHeading>
      <section className="identity-card">
        <p>{say('auditingSentence')}</p>
        <Button kind="secondary" onClick={() => void calls.refresh()}>
          {say('refresh')}
        </Button>
      </section>
    </>
  );
}

function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
