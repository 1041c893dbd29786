import { useCallback, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Check } from '../ui/check.tsx';
import { useTexts } from '../ui/texts.ts';
import { DrawingPad } from './drawing-pad.tsx';
import { brushFor, type Stroke, toDrawing } from './strokes.ts';
import { SIGNING_TEXTS } from './texts.ts';
import type { WayProps } from './way.ts';

/** The name written by hand. */
export function DrawnWay({ state, isBusy, choose }: WayProps) {
  const say = useTexts(SIGNING_TEXTS);
  const pad = useRef<HTMLDivElement>(null);
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  const [isMissing, setIsMissing] = useState(false);
  const [keep, setKeep] = useState(false);
  const isEmpty = strokes.length === 0;

  const change = useCallback((drawn: readonly Stroke[]): void => {
    setStrokes(drawn);
    setIsMissing(false);
  }, []);
  const use = (): void => {
    const drawing = toDrawing(strokes, brushFor(pad.current?.clientWidth ?? 0));
    if (drawing) choose({ by: 'drawing', drawing, keep });
    else setIsMissing(true);
  };
  return (
    <div className="drawn-way">
      <div ref={pad} className="drawing-paper">
        {isEmpty && <p className="drawing-hint">{`${say('drawHint')} · ${state.self.name}`}</p>}
        <DrawingPad label={say('drawPad')} strokes={strokes} onChange={change} />
      </div>
      <p className="field-problem" role="alert">
        {isMissing && say('drawEmpty')}
      </p>
      <div className="drawing-tools">
        <Button kind="quiet" icon="undo" unavailable={isEmpty} onClick={() => change(strokes.slice(0, -1))}>
          {say('drawUndo')}
        </Button>
        <Button kind="quiet" icon="trash" unavailable={isEmpty} onClick={() => change([])}>
          {say('drawClear')}
        </Button>
      </div>
      <Check checked={keep} onChange={setKeep} label={say('keep')} />
      <Button wide busy={isBusy} busyLabel={say('working')} onClick={use}>
        {say('drawUse')}
      </Button>
    </div>
  );
}
