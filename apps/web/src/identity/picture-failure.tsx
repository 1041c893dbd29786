import { FailureNotice } from '../api/failure-notice.tsx';
import type { PageCallError } from '../api/page-error.ts';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { useAppearance } from '../ui/use-appearance.ts';
import { IDENTITY_TEXTS } from './texts.ts';

/** Why a picture filled nothing; whatever it is, the form can still be typed. */
const PROBLEMS = {
  OCR_UNAVAILABLE: 'pictureOff',
  OCR_BUSY: 'pictureBusy',
  TOO_MANY_CHECKS: 'pictureUsedUp',
  CARD_NOT_RECOGNIZED: 'pictureUnclear',
  PICTURE_UNREADABLE: 'pictureUnreadable',
} as const;

/** Those about which the server says more, in Chinese. */
const DETAILED: readonly string[] = ['CARD_NOT_RECOGNIZED', 'PICTURE_UNREADABLE'];

export function PictureFailure({ error }: { readonly error: PageCallError }) {
  const say = useTexts(IDENTITY_TEXTS);
  const { language } = useAppearance();
  const { error: name = '', msg = '' } = error.failure ?? {};
  if (!isProblem(name)) return <FailureNotice error={error} />;
  const detail =
    language === 'zh' && DETAILED.includes(name) ? msg.split(': ').slice(1).join('：').replaceAll(',', '，') : '';
  return (
    <Notice tone="warn" title={say(PROBLEMS[name])}>
      {detail && <p>{detail}</p>}
      <p>{say(`${PROBLEMS[name]}Hint`)}</p>
    </Notice>
  );
}

function isProblem(name: string): name is keyof typeof PROBLEMS {
  return name in PROBLEMS;
}
