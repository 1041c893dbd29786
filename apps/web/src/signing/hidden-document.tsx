import type { SigningStep } from '@signet/protocol/page-api';
import { Icon } from '../ui/icons.tsx';
import { useTexts } from '../ui/texts.ts';
import { SIGNING_TEXTS } from './texts.ts';

/** In the document's place while it must not be shown. */
export function HiddenDocument({ step }: { readonly step: SigningStep }) {
  const say = useTexts(SIGNING_TEXTS);
  const isCheck = step === 'identify';
  return (
    <div className="signing-hidden">
      <Icon name={isCheck ? 'lock' : 'clock'} size={36} />
      <h2>{say(isCheck ? 'identifyTitle' : 'waitTitle')}</h2>
      <p className="muted">{say(isCheck ? 'identifySentence' : 'waitHidden')}</p>
    </div>
  );
}
