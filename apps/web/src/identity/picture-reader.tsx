import type { PictureFacts, ReadPicture } from '@signet/protocol/page-api';
import { type ChangeEvent, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Check } from '../ui/check.tsx';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { shrinkPicture } from './shrink-picture.ts';
import { IDENTITY_TEXTS } from './texts.ts';
import type { VerificationCalls } from './use-verification.ts';

type Outcome = 'pictureDone' | 'pictureEmpty' | 'pictureUnreadable';

interface PictureReaderProps {
  readonly kinds: readonly ReadPicture['kind'][];
  readonly calls: VerificationCalls;
  readonly onRead: (facts: PictureFacts['facts']) => void;
}

/** Fills a form from pictures of documents, for the person to correct. */
export function PictureReader({ kinds, calls, onRead }: PictureReaderProps) {
  const say = useTexts(IDENTITY_TEXTS);
  const action = useAction();
  const [agrees, setAgrees] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const read = async (kind: ReadPicture['kind'], file: File): Promise<void> => {
    setOutcome(undefined);
    const imageBase64 = await shrinkPicture(file).catch(() => undefined);
    if (imageBase64 === undefined) return setOutcome('pictureUnreadable');
    const { facts } = await calls.ask<PictureFacts>('/picture', { kind, imageBase64 });
    const isEmpty = Object.keys(facts).length === 0;
    if (!isEmpty) onRead(facts);
    setOutcome(isEmpty ? 'pictureEmpty' : 'pictureDone');
  };
  const choose = (kind: ReadPicture['kind']) => (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    if (file) void action.run(() => read(kind, file));
    // The same file may be chosen again.
    event.target.value = '';
  };
  return (
    <div>
      <Check checked={agrees} onChange={setAgrees} label={say('picturesCheck')} />
      {agrees && (
        <div className="identity-picture">
          {kinds.map((kind) => (
            <label key={kind} className="button button-secondary">
              <Icon name="file" />
              <span>{action.isBusy ? say('pictureReading') : say(`picture${kind}`)}</span>
              <input type="file" accept="image/*" disabled={action.isBusy} onChange={choose(kind)} />
            </label>
          ))}
        </div>
      )}
      {agrees && <p className="identity-field-hint">{say('pictureHint')}</p>}
      <div aria-live="polite">
        {outcome === 'pictureDone' && <Notice tone="info">{say('pictureDone')}</Notice>}
        {(outcome === 'pictureEmpty' || outcome === 'pictureUnreadable') && (
          <Notice tone="warn" title={say(outcome)}>
            <p>{say(`${outcome}Hint`)}</p>
          </Notice>
        )}
      </div>
      {action.error && <FailureNotice error={action.error} />}
    </div>
  );
}
