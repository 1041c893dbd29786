import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { PhoneDialog } from './phone-dialog.tsx';
import { HOME_TEXTS } from './texts.ts';
import { startTrial, TrialError } from './trial.ts';

const PROBLEM_TEXTS = { 'too-many': 'tooMany', 'bad-name': 'badName', failed: 'failed' } as const;

export function TrialForm({ isReachable }: { readonly isReachable: boolean }) {
  const say = useTexts(HOME_TEXTS);
  const [name, setName] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<TrialError['reason']>();
  const [phoneUrl, setPhoneUrl] = useState<string | null>();
  const fieldId = useId();

  async function prepare(use: (signUrl: string) => void): Promise<void> {
    setIsBusy(true);
    setProblem(undefined);
    try {
      use((await startTrial(name ?? say('defaultName'))).signUrl);
    } catch (error) {
      setProblem(error instanceof TrialError ? error.reason : 'failed');
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form
      className="home-trial"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void prepare((url) => window.location.assign(url));
      }}
    >
      <label htmlFor={fieldId}>{say('name')}</label>
      <input
        id={fieldId}
        value={name ?? say('defaultName')}
        maxLength={20}
        autoComplete="name"
        required
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" busy={isBusy} busyLabel={say('preparing')}>
        {say('signHere')}
      </Button>
      <Button
        kind="secondary"
        unavailable={isBusy}
        onClick={() => (isReachable ? void prepare(setPhoneUrl) : setPhoneUrl(null))}
      >
        {say('signOnPhone')}
      </Button>
      {problem && (
        <div className="home-problem">
          <Notice tone="bad">{say(PROBLEM_TEXTS[problem])}</Notice>
        </div>
      )}
      {phoneUrl !== undefined && <PhoneDialog url={phoneUrl} onClose={() => setPhoneUrl(undefined)} />}
    </form>
  );
}
