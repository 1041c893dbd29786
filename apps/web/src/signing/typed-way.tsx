import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { useTexts } from '../ui/texts.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { WayProps } from './way.ts';

/** The name as the platform knows it, set in a handwriting face: for those who cannot or do not like to draw. */
export function TypedWay({ state, isBusy, choose }: WayProps) {
  const say = useTexts(SIGNING_TEXTS);
  const [keep, setKeep] = useState(false);
  return (
    <>
      <p className="typed-name">{state.self.name}</p>
      <p className="small muted">{say('typeHint')}</p>
      <Check checked={keep} onChange={setKeep} label={say('keep')} />
      <Button wide busy={isBusy} busyLabel={say('working')} onClick={() => choose({ by: 'typing', keep })}>
        {say('drawUse')}
      </Button>
    </>
  );
}
