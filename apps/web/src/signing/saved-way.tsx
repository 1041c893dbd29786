import { useId, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { WayProps } from './way.ts';

/** One of the seals this party has. */
export function SavedWay({ state, isBusy, choose }: WayProps) {
  const say = useTexts(SIGNING_TEXTS);
  const group = useId();
  const [sealId, setSealId] = useState(state.chosenSealId ?? state.seals[0]?.sealId);
  if (state.seals.length === 0) {
    return <p className="seal-none muted">{say(state.mayDraw ? 'sealNone' : 'sealNoneCompany')}</p>;
  }
  return (
    <>
      <fieldset className="seal-choices">
        <legend className="visually-hidden">{say('sealTitle')}</legend>
        {state.seals.map((seal) => (
          <label key={seal.sealId} className="seal-choice">
            <input type="radio" name={group} checked={seal.sealId === sealId} onChange={() => setSealId(seal.sealId)} />
            <span className="seal-choice-body">
              <img src={seal.imagePath} alt="" />
              <span className="small">{seal.name}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Button wide busy={isBusy} busyLabel={say('working')} onClick={() => sealId && choose({ by: 'seal', sealId })}>
        {say('sealUse')}
      </Button>
    </>
  );
}
