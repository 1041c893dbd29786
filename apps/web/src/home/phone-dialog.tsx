import { useEffect, useRef } from 'react';
import { renderSVG } from 'uqr';
import type { Texts } from './texts.ts';

const HOW_TO_LISTEN = 'HOST=0.0.0.0 SIGNET_PUBLIC_URL=http://192.168.1.10:8080 npm start';

interface Props {
  /** Null when a phone could not open what we would show. */
  readonly url: string | null;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function PhoneDialog({ url, texts, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className="home-dialog" aria-labelledby="phone-title" onClose={onClose}>
      <h2 id="phone-title">{url === null ? texts.notReachable : texts.scan}</h2>
      {url === null ? (
        <>
          <p>{texts.notReachableHint}</p>
          <code>{HOW_TO_LISTEN}</code>
        </>
      ) : (
        <>
          <img className="home-code" alt={url} src={`data:image/svg+xml,${encodeURIComponent(renderSVG(url))}`} />
          <p>{texts.scanHint}</p>
        </>
      )}
      <button type="button" className="home-secondary" onClick={() => dialog.current?.close()}>
        {texts.close}
      </button>
    </dialog>
  );
}
