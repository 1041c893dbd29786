import type { GrantState } from '@signet/protocol/page-api';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useTexts } from '../ui/texts.ts';
import { GRANT_TEXTS } from './texts.ts';
import type { GrantCalls } from './use-grant.ts';

interface CancelDialogProps {
  readonly state: GrantState;
  readonly calls: GrantCalls;
  readonly onClose: () => void;
}

/** Ends a grant, or says no to one that has only been asked for. */
export function CancelDialog({ state, calls, onClose }: CancelDialogProps) {
  const say = useTexts(GRANT_TEXTS);
  const action = useAction();
  const isRefusal = state.step === 'review';
  const { appName: app } = state;
  const end = async (): Promise<void> => {
    if (await action.run(calls.cancel)) onClose();
  };
  return (
    <Dialog
      title={say(isRefusal ? 'refuseTitle' : 'cancelTitle')}
      onClose={onClose}
      actions={
        <>
          <Button kind="secondary" onClick={onClose}>
            {say(isRefusal ? 'keepRefuse' : 'keep')}
          </Button>
          <Button kind="danger" busy={action.isBusy} busyLabel={say('working')} onClick={() => void end()}>
            {say(isRefusal ? 'refuse' : 'cancel')}
          </Button>
        </>
      }
    >
      <p>{say(isRefusal ? 'refuseMeaning' : 'cancelMeaning', { app })}</p>
      {action.error && <FailureNotice error={action.error} />}
    </Dialog>
  );
}
