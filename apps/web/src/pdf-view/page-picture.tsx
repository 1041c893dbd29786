import { useRef } from 'react';
import { useTexts } from '../ui/texts.ts';
import { PDF_TEXTS } from './texts.ts';
import { usePicture, useText, type WantedPage } from './use-page.ts';

interface PagePictureProps extends WantedPage {
  readonly hasText: boolean;
}

/** The drawn page, with its text over it, and words while it is not there. */
export function PagePicture({ hasText, ...wanted }: PagePictureProps) {
  const say = useTexts(PDF_TEXTS);
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const { trouble, retry, round } = usePicture(picture, wanted);
  useText(text, wanted, round);
  return (
    <>
      <div ref={picture} className="page-picture" />
      {hasText && <div ref={text} className="text-layer" />}
      {trouble === 'slow' && <p className="page-note">{say('loading', { page: wanted.page })}</p>}
      {(trouble === 'failed' || trouble === 'outdated') && (
        <div className="page-note" role="status">
          <p>{say('failed')}</p>
          <button type="button" className="page-retry" onClick={retry}>
            {say(trouble === 'failed' ? 'retry' : 'reload')}
          </button>
        </div>
      )}
    </>
  );
}
