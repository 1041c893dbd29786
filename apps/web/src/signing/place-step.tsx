import type { SigningState } from '@signet/protocol/page-api';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { chosenSeal, hasChoice, type Stop } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';

interface PlaceStepProps {
  readonly state: SigningState;
  readonly stops: readonly Stop[];
  readonly reveal: (stop: Stop) => void;
  readonly onChoose: () => void;
  readonly onConfirm: () => void;
  readonly decline: ReactNode;
}

/** Looks at one place after the other, then confirms. */
export function PlaceStep({ state, stops, reveal, onChoose, onConfirm, decline }: PlaceStepProps) {
  const say = useTexts(SIGNING_TEXTS);
  const [seen, setSeen] = useState(0);
  const seal = chosenSeal(state);
  const mayChoose = hasChoice(state);
  const next = stops[seen];
  const isMissing = mayChoose && !seal;

  const sentence = (): string => {
    if (isMissing) return say('placeNone');
    if (!next) return say('placeSeen');
    return stops.length === 1 ? say('placeSentenceOne') : say('placeSentence', { count: stops.length });
  };
  const go = (stop: Stop): void => {
    reveal(stop);
    setSeen(seen + 1);
  };
  return (
    <>
      <p className="sheet-sentence" role="status">
        {sentence()}
      </p>
      {seal && mayChoose && (
        <div className="seal-row">
          <span className="seal-tile">
            <img src={seal.imagePath} alt="" />
          </span>
          <span className="seal-row-name">{seal.name}</span>
          <Button kind="quiet" onClick={onChoose}>
            {say('placeChange')}
          </Button>
        </div>
      )}
      <div className="sheet-actions">
        {decline}
        {isMissing && <Button onClick={onChoose}>{say('placeAdd')}</Button>}
        {!isMissing && next && (
          <Button onClick={() => go(next)}>
            {stops.length === 1 ? say('placeGoOne') : say('placeGo', { number: seen + 1, count: stops.length })}
          </Button>
        )}
        {!isMissing && !next && <Button onClick={onConfirm}>{say('placeConfirm')}</Button>}
      </div>
    </>
  );
}
