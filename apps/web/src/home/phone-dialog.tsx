import { renderSVG } from 'uqr';
import { Dialog } from '../ui/dialog.tsx';
import { useTexts } from '../ui/texts.ts';
import { HOME_TEXTS } from './texts.ts';

const HOW_TO_LISTEN = 'HOST=0.0.0.0 SIGNET_PUBLIC_URL=http://192.168.1.10:8080 npm start';

interface PhoneDialogProps {
  /** Null when a phone could not open what we would show. */
  readonly url: string | null;
  readonly onClose: () => void;
}

export function PhoneDialog({ url, onClose }: PhoneDialogProps) {
  const say = useTexts(HOME_TEXTS);
  return (
    <Dialog title={say(url === null ? 'notReachable' : 'scan')} onClose={onClose}>
      {url === null ? (
        <>
          <p>{say('notReachableHint')}</p>
          <code className="home-command">{HOW_TO_LISTEN}</code>
        </>
      ) : (
        <>
          <img className="home-code" alt={url} src={`data:image/svg+xml,${encodeURIComponent(renderSVG(url))}`} />
          <p>{say('scanHint')}</p>
        </>
      )}
    </Dialog>
  );
}
