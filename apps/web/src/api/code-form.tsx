import type { SentCode } from '@signet/protocol/page-api';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { CodeInput, isWholeCode } from '../ui/code-input.tsx';
import { useCountdown } from '../ui/countdown.ts';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { useAction } from './action.ts';
import './code-form.css';
import { CODE_TEXTS } from './code-texts.ts';
import { FailureNotice } from './failure-notice.tsx';
import { toCallError } from './page-error.ts';

interface CodeFormProps {
  /** Masked. */
  readonly phone: string;
  /** @throws PageCallError */
  readonly request: () => Promise<SentCode>;
  /** @throws PageCallError */
  readonly submit: (code: string) => Promise<void>;
  readonly submitLabel: string;
  readonly busyLabel: string;
  /** Asks for the code at once: the press that led here meant it. */
  readonly requestsAtOnce?: boolean;
  /** Beside the primary button. */
  readonly children?: ReactNode;
}

interface Sending {
  readonly sent: SentCode | null;
  /** When another one may be asked for, in milliseconds of `Date.now`. */
  readonly againAt: number | null;
}

const NOTHING_SENT: Sending = { sent: null, againAt: null };

/** Asks for an SMS code and hands it in. */
export function CodeForm(props: CodeFormProps) {
  const { phone, submitLabel, busyLabel, children } = props;
  const say = useTexts(CODE_TEXTS);
  const problemId = useId();
  const { code, setCode, sent, secondsLeft, sending, submitting, mayHandIn, input, request, submit } = useCode(props);
  const error = submitting.error ?? sending.error;
  const press = (event: FormEvent): void => {
    event.preventDefault();
    void (mayHandIn ? submit() : request());
  };
  return (
    <form className="code-form" onSubmit={press} noValidate>
      <div className="code-form-phone">
        <p className="small muted" role="status">
          {say(sent ? 'sentTo' : 'willSend', { phone })}
        </p>
        {mayHandIn && <Again secondsLeft={secondsLeft} isBusy={sending.isBusy} onPress={() => void request()} />}
      </div>
      {sent?.sandboxCode && <SandboxCode code={sent.sandboxCode} onFill={setCode} />}
      <CodeInput
        ref={input}
        value={code}
        onChange={setCode}
        label={say('label')}
        invalid={submitting.error?.failure?.error === 'WRONG_CODE'}
        {...(error ? { describedBy: problemId } : {})}
      />
      {error && <FailureNotice id={problemId} error={error} />}
      <div className="sheet-actions">
        {children}
        <Button
          type="submit"
          busy={submitting.isBusy || (sending.isBusy && !mayHandIn)}
          busyLabel={mayHandIn ? busyLabel : say('sending')}
        >
          {mayHandIn ? submitLabel : say('get')}
        </Button>
      </div>
    </form>
  );
}

/** One code on its way: asked for, waited for, typed, handed in. */
function useCode(props: CodeFormProps) {
  const input = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState('');
  const [{ sent, againAt }, setSending] = useState<Sending>(NOTHING_SENT);
  const secondsLeft = useCountdown(againAt);
  const sending = useAction();
  const submitting = useAction();

  const ask = async (): Promise<void> => {
    try {
      const next = await props.request();
      setSending({ sent: next, againAt: Date.now() + next.resendAfterSeconds * 1_000 });
      setCode('');
    } catch (failure) {
      const wait = toCallError(failure).failure?.retryAfterSeconds;
      if (wait === undefined) throw failure;
      // One was sent before a reload, and counts still.
      setSending({ sent, againAt: Date.now() + wait * 1_000 });
    }
    input.current?.focus();
  };
  const handIn = async (): Promise<void> => {
    try {
      await props.submit(code);
    } catch (failure) {
      const { trouble, failure: told } = toCallError(failure);
      if (told?.remainingAttempts === 0) setSending(NOTHING_SENT);
      if (trouble === 'refused') setCode('');
      throw failure;
    }
  };
  const request = (): Promise<boolean> => {
    submitting.clear();
    return sending.run(ask);
  };
  const submit = async (): Promise<void> => {
    sending.clear();
    const passed = isWholeCode(code) && (await submitting.run(handIn));
    if (!passed) input.current?.focus();
  };

  const hasAsked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useEffect(() => {
    if (!props.requestsAtOnce || hasAsked.current) return;
    hasAsked.current = true;
    void request();
  }, []);
  const mayHandIn = sent !== null || againAt !== null || code !== '';
  return { code, setCode, sent, secondsLeft, sending, submitting, mayHandIn, input, request, submit };
}

function Again({ secondsLeft, isBusy, onPress }: { secondsLeft: number; isBusy: boolean; onPress: () => void }) {
  const say = useTexts(CODE_TEXTS);
  if (secondsLeft > 0) return <span className="code-form-wait">{say('againIn', { seconds: secondsLeft })}</span>;
  return (
    <Button kind="quiet" className="code-form-again" busy={isBusy} busyLabel={say('sending')} onClick={onPress}>
      {say('again')}
    </Button>
  );
}

function SandboxCode({ code, onFill }: { readonly code: string; readonly onFill: (code: string) => void }) {
  const say = useTexts(CODE_TEXTS);
  return (
    <Notice tone="info" title={say('sandboxTitle')}>
      <p>
        {say('sandboxCode', { code })}{' '}
        <button type="button" className="link-button" onClick={() => onFill(code)}>
          {say('fill')}
        </button>
      </p>
    </Notice>
  );
}
