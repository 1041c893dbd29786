import type { SigningState } from '@signet/protocol/page-api';
import { type Ref, useState } from 'react';
import type { ViewPosition } from '../pdf-view/view-file.ts';
import { AppearanceDialog } from '../ui/appearance-dialog.tsx';
import { IconButton } from '../ui/button.tsx';
import { useTexts } from '../ui/texts.ts';
import { UI_TEXTS } from '../ui/ui-texts.ts';
import { ContractDialog } from './contract-dialog.tsx';
import { SIGNING_TEXTS } from './texts.ts';

interface TopBarProps {
  readonly state: SigningState;
  readonly position?: ViewPosition | undefined;
  /** Where the document puts its zoom buttons. */
  readonly zoomRef?: Ref<HTMLDivElement>;
}

export function TopBar({ state, position, zoomRef }: TopBarProps) {
  const say = useTexts(SIGNING_TEXTS);
  const sayUi = useTexts(UI_TEXTS);
  const [open, setOpen] = useState<'about' | 'appearance'>();
  const close = (): void => setOpen(undefined);
  return (
    <header className="signing-bar">
      <h1 className="signing-title">
        <button type="button" title={say('about')} aria-haspopup="dialog" onClick={() => setOpen('about')}>
          {state.contract.name}
        </button>
      </h1>
      {state.sandbox && (
        <span className="signing-sandbox" title={sayUi('sandbox')}>
          <span className="signing-sandbox-short">{sayUi('sandboxShort')}</span>
          <span className="signing-sandbox-long">{sayUi('sandbox')}</span>
        </span>
      )}
      {position && (
        <span className="signing-position">
          <span aria-hidden="true">
            {position.number} / {position.total}
          </span>
          <span className="visually-hidden">{say('pageOf', { page: position.number, total: position.total })}</span>
        </span>
      )}
      {zoomRef && <div ref={zoomRef} />}
      <IconButton icon="settings" label={sayUi('display')} onClick={() => setOpen('appearance')} />
      {open === 'about' && <ContractDialog state={state} onClose={close} />}
      {open === 'appearance' && <AppearanceDialog onClose={close} />}
    </header>
  );
}
