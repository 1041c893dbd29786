import type { ChooseSeal, SigningState } from '@signet/protocol/page-api';
import { useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Segments } from '../ui/segments.tsx';
import { useTexts } from '../ui/texts.ts';
import { DrawnWay } from './drawn-way.tsx';
import './seal-dialog.css';
import { SavedWay } from './saved-way.tsx';
import { SIGNING_TEXTS } from './texts.ts';
import { TypedWay } from './typed-way.tsx';
import type { SigningCalls } from './use-signing.ts';
import type { WayProps } from './way.ts';

type Way = ChooseSeal['by'];

interface SealDialogProps {
  readonly state: SigningState;
  readonly calls: SigningCalls;
  readonly onClose: () => void;
}

/** A saved seal, a drawn signature or the name in handwriting; the places show it at once. */
export function SealDialog({ state, calls, onClose }: SealDialogProps) {
  const say = useTexts(SIGNING_TEXTS);
  const [way, setWay] = useState<Way>(state.seals.length > 0 || !state.mayDraw ? 'seal' : 'drawing');
  const action = useAction();
  const choose = async (wish: ChooseSeal): Promise<void> => {
    if (await action.run(() => calls.command('/sign/seal', wish))) onClose();
  };
  const means: WayProps = { state, isBusy: action.isBusy, choose: (wish) => void choose(wish) };
  return (
    <Dialog title={say('sealTitle')} onClose={onClose} className="seal-dialog">
      {state.mayDraw && (
        <Segments
          label={say('sealKind')}
          labelHidden
          value={way}
          choices={[
            { value: 'seal', label: say('sealList'), icon: 'seal' },
            { value: 'drawing', label: say('sealDraw'), icon: 'pen' },
            { value: 'typing', label: say('sealType'), icon: 'keyboard' },
          ]}
          onChange={setWay}
        />
      )}
      {action.error && <FailureNotice error={action.error} />}
      {way === 'seal' && <SavedWay {...means} />}
      {way === 'drawing' && <DrawnWay {...means} />}
      {way === 'typing' && <TypedWay {...means} />}
    </Dialog>
  );
}
