import type { SealChoice, SigningPlace, SigningState } from '@signet/protocol/page-api';
import type { CSSProperties } from 'react';
import { type PageSize, placeOnPage } from '../pdf-view/geometry.ts';
import { Icon } from '../ui/icons.tsx';
import { useTexts } from '../ui/texts.ts';
import './place-frames.css';
import { type Stop, sealOf } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';

interface PlaceFramesProps {
  readonly state: SigningState;
  readonly stops: readonly Stop[];
  readonly fileCode: string;
  readonly page: number;
  readonly size: PageSize | undefined;
  readonly isLanding: boolean;
  readonly looksAt: Stop | undefined;
  /** Null when nothing can be changed. */
  readonly onChange: (() => void) | null;
}

/** The places on one page. Signed ones show in the document itself. */
export function PlaceFrames({ state, stops, fileCode, page, size, isLanding, looksAt, onChange }: PlaceFramesProps) {
  const places = state.places.filter((place) => place.fileCode === fileCode && place.page === page && !place.isSigned);
  if (!size) return null;
  return places.map((place) => {
    const style = placeOnPage(place.rect, size);
    if (!place.isSelf) return <OtherPlace key={place.placeId} place={place} style={style} />;
    const number = stops.findIndex(({ placeIds }) => placeIds.includes(place.placeId)) + 1;
    return (
      <OwnPlace
        key={place.placeId}
        {...{ place, style, number, isLanding }}
        isCurrent={looksAt?.placeIds.includes(place.placeId) ?? false}
        seal={sealOf(place, state)}
        onChange={place.slice || place.fixedSealId !== null ? null : onChange}
      />
    );
  });
}

function OtherPlace({ place, style }: { readonly place: SigningPlace; readonly style: CSSProperties }) {
  const say = useTexts(SIGNING_TEXTS);
  return (
    <div className="place" style={style} role="img" aria-label={say('placeOther', { name: place.partyName })}>
      {!place.slice && <PlaceLabel words={place.partyName} />}
    </div>
  );
}

interface OwnPlaceProps {
  readonly place: SigningPlace;
  readonly style: CSSProperties;
  readonly number: number;
  readonly seal: SealChoice | undefined;
  readonly isLanding: boolean;
  /** The person has been led here. */
  readonly isCurrent: boolean;
  readonly onChange: (() => void) | null;
}

function OwnPlace({ place, style, number, seal, isLanding, isCurrent, onChange }: OwnPlaceProps) {
  const say = useTexts(SIGNING_TEXTS);
  const marks = [place.slice && 'place-slice', isCurrent && 'place-current', isLanding && 'place-landed'];
  const className = ['place', 'place-own', ...marks].filter(Boolean).join(' ');
  const inside = seal ? (
    <SealPicture place={place} seal={seal} />
  ) : (
    !place.slice && <PlaceLabel words={say('placeHere')} />
  );
  const target = { style, className, 'data-place': place.placeId };
  if (!onChange) {
    return (
      <div {...target} role="img" aria-label={say('placeOwn', { number })}>
        {inside}
      </div>
    );
  }
  return (
    <button {...target} type="button" aria-label={say('placeOwnChange', { number })} onClick={onChange}>
      {inside}
    </button>
  );
}

/** As it will be on paper: above the lines for date and notice, and for a slice only its part of the width. */
function SealPicture({ place, seal }: { readonly place: SigningPlace; readonly seal: SealChoice }) {
  const { from, to } = place.slice ?? { from: 0, to: 1 };
  const part = to - from;
  const footer = `${(100 * place.footerHeight) / place.rect.height}%`;
  return (
    <span className="place-seal" style={{ bottom: footer }}>
      <img src={seal.imagePath} alt="" style={{ left: `${(-100 * from) / part}%`, width: `${100 / part}%` }} />
    </span>
  );
}

function PlaceLabel({ words }: { readonly words: string }) {
  return (
    <span className="place-label">
      <Icon name="pen" />
      <span>{words}</span>
    </span>
  );
}
