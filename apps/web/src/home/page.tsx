import type { TrialSetting } from '@signet/protocol/page-api';
import { useEffect, useId, useState } from 'react';
import { PhoneDialog } from './phone-dialog.tsx';
import { TEXTS, type Texts } from './texts.ts';
import { getSetting, startTrial, TrialError } from './trial.ts';

type Work = 'idle' | 'preparing' | TrialError['reason'];

export function HomePage() {
  const texts = TEXTS[navigator.language.startsWith('zh') ? 'zh' : 'en'];
  const [setting, setSetting] = useState<TrialSetting>();
  useEffect(() => {
    getSetting().then(setSetting, () => undefined);
  }, []);
  const isProduction = setting?.mode === 'production';
  return (
    <div className="home">
      <header className="home-top">
        <span className="home-name">
          <img src="/icon.svg" alt="" width="28" height="28" />
          签印 Signet
        </span>
        <span className="home-mode">{setting && texts[setting.mode]}</span>
      </header>
      <main>
        <p className="home-tagline">{texts.tagline}</p>
        <h1>{isProduction ? texts.productionTitle : texts.title}</h1>
        <p className="home-lead">{isProduction ? texts.productionLead : texts.lead}</p>
        {!isProduction && <TrialForm texts={texts} reachable={setting?.reachableFromPhone ?? false} />}
        <ul className="home-points">
          {texts.points.map(([title, words]) => (
            <li key={title}>
              <h2>{title}</h2>
              <p>{words}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="home-links">
        <a href="/console">{texts.console}</a>
        <a href="/docs">{texts.docs}</a>
        <a href="/trust/root.pem">{texts.root}</a>
      </footer>
    </div>
  );
}

function TrialForm({ texts, reachable }: { readonly texts: Texts; readonly reachable: boolean }) {
  const [name, setName] = useState<string>(texts.defaultName);
  const [work, setWork] = useState<Work>('idle');
  const [phoneUrl, setPhoneUrl] = useState<string | null>();
  const fieldId = useId();
  const isBusy = work === 'preparing';

  async function prepare(use: (signUrl: string) => void): Promise<void> {
    setWork('preparing');
    try {
      use((await startTrial(name)).signUrl);
      setWork('idle');
    } catch (error) {
      setWork(error instanceof TrialError ? error.reason : 'failed');
    }
  }

  return (
    <form
      className="home-trial"
      onSubmit={(event) => {
        event.preventDefault();
        void prepare((url) => window.location.assign(url));
      }}
    >
      <label htmlFor={fieldId}>{texts.name}</label>
      <input
        id={fieldId}
        value={name}
        maxLength={20}
        autoComplete="name"
        required
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="home-primary" disabled={isBusy}>
        {isBusy ? texts.preparing : texts.signHere}
      </button>
      <button
        type="button"
        className="home-secondary"
        disabled={isBusy}
        onClick={() => (reachable ? void prepare(setPhoneUrl) : setPhoneUrl(null))}
      >
        {texts.signOnPhone}
      </button>
      <p role="alert" className="home-problem">
        {problemOf(work, texts)}
      </p>
      {phoneUrl !== undefined && <PhoneDialog url={phoneUrl} texts={texts} onClose={() => setPhoneUrl(undefined)} />}
    </form>
  );
}

function problemOf(work: Work, texts: Texts): string | undefined {
  if (work === 'too-many') return texts.tooMany;
  if (work === 'bad-name') return texts.badName;
  return work === 'failed' ? `${texts.failed}。${texts.failedHint}` : undefined;
}
