import type { TrialSetting } from '@signet/protocol/page-api';
import { useEffect, useState } from 'react';
import { AppearanceDialog } from '../ui/appearance-dialog.tsx';
import { IconButton } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { UI_TEXTS } from '../ui/ui-texts.ts';
import { HOME_TEXTS } from './texts.ts';
import { getSetting } from './trial.ts';
import { TrialForm } from './trial-form.tsx';

const POINTS = ['point1', 'point2', 'point3'] as const;

export function HomePage() {
  const say = useTexts(HOME_TEXTS);
  const [setting, setSetting] = useState<TrialSetting>();
  useEffect(() => {
    getSetting().then(setSetting, () => undefined);
  }, []);
  const isProduction = setting?.mode === 'production';
  return (
    <div className="home">
      <Top setting={setting} />
      <main>
        <p className="home-tagline">{say('tagline')}</p>
        <h1>{say(isProduction ? 'productionTitle' : 'title')}</h1>
        <p className="home-lead">{say(isProduction ? 'productionLead' : 'lead')}</p>
        {!isProduction && <TrialForm isReachable={setting?.reachableFromPhone ?? false} />}
        <ul className="home-points">
          {POINTS.map((point) => (
            <li key={point}>
              <h2>{say(point)}</h2>
              <p>{say(`${point}Words`)}</p>
            </li>
          ))}
        </ul>
      </main>
      <footer className="home-links">
        <a href="/console">{say('console')}</a>
        <a href="/docs">{say('docs')}</a>
        <a href="/trust/root.pem">{say('root')}</a>
      </footer>
    </div>
  );
}

function Top({ setting }: { readonly setting: TrialSetting | undefined }) {
  const say = useTexts(HOME_TEXTS);
  const sayUi = useTexts(UI_TEXTS);
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <header className="home-top">
      <span className="home-name">
        <img src="/icon.svg" alt="" width="28" height="28" />
        签印 Signet
      </span>
      <span className="home-mode">{setting && say(setting.mode)}</span>
      <IconButton icon="settings" label={sayUi('display')} onClick={() => setIsChoosing(true)} />
      {isChoosing && <AppearanceDialog onClose={() => setIsChoosing(false)} />}
    </header>
  );
}
