import {
  type PictureFacts,
  type PictureReaderKind,
  type PictureSetting,
  pictureConsentVersion,
  type ReadPicture,
} from '@signet/protocol/page-api';
import { type ChangeEvent, useId, useState } from 'react';
import { useAction } from '../api/action.ts';
import { FailureNotice } from '../api/failure-notice.tsx';
import { Check } from '../ui/check.tsx';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { useTexts } from '../ui/texts.ts';
import { PictureFailure } from './picture-failure.tsx';
import { shrinkPicture } from './shrink-picture.ts';
import { IDENTITY_TEXTS } from './texts.ts';
import type { VerificationCalls } from './use-verification.ts';

type Outcome = 'pictureDone' | 'pictureEmpty' | 'pictureUnreadable';

interface PictureReaderProps {
  readonly kinds: readonly ReadPicture['kind'][];
  readonly pictures: PictureSetting & { readonly reader: PictureReaderKind };
  readonly calls: VerificationCalls;
  readonly onRead: (facts: PictureFacts['facts']) => void;
}

/** Fills a form from pictures of documents, for the person to correct. The consent is on record before a picture can be chosen. */
export function PictureReader({ kinds, pictures, calls, onRead }: PictureReaderProps) {
  const say = useTexts(IDENTITY_TEXTS);
  const hintId = useId();
  const consent = useAction();
  // Shown at once; what counts is what the server has on record.
  const [wanted, setWanted] = useState<boolean>();
  const version = pictureConsentVersion(pictures.reader);
  const isAgreed = wanted ?? pictures.agreed;
  const agree = async (agrees: boolean): Promise<void> => {
    setWanted(agrees);
    await consent.run(() => calls.command('/picture/consent', { version, agrees }));
    setWanted(undefined);
  };
  return (
    <div className="identity-pictures">
      <Check
        checked={isAgreed}
        onChange={(agrees) => void agree(agrees)}
        label={say('picturesCheck')}
        describedBy={hintId}
      />
      <p id={hintId} className="identity-field-hint">
        {say(`pictures${pictures.reader}`)}
      </p>
      {consent.error && <FailureNotice error={consent.error} />}
      {pictures.agreed && isAgreed && <PictureChoice {...{ kinds, calls, onRead }} />}
    </div>
  );
}

function PictureChoice({ kinds, calls, onRead }: Omit<PictureReaderProps, 'pictures'>) {
  const say = useTexts(IDENTITY_TEXTS);
  const action = useAction();
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
    <>
      <div className="identity-picture">
        {kinds.map((kind) => (
          <label key={kind} className="button button-secondary">
            <Icon name="file" />
            <span>{action.isBusy ? say('pictureReading') : say(`picture${kind}`)}</span>
            <input type="file" accept="image/*" disabled={action.isBusy} onChange={choose(kind)} />
          </label>
        ))}
      </div>
      <div aria-live="polite">
        {outcome === 'pictureDone' && <Notice tone="info">{say('pictureDone')}</Notice>}
        {(outcome === 'pictureEmpty' || outcome === 'pictureUnreadable') && (
          <Notice tone="warn" title={say(outcome)}>
            <p>{say(`${outcome}Hint`)}</p>
          </Notice>
        )}
        {action.error && <PictureFailure error={action.error} />}
      </div>
    </>
  );
}
