import type { SigningState } from '@signet/protocol/page-api';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { PageClient } from '../api/page-client.ts';
import { DocumentView } from '../pdf-view/document-view.tsx';
import { Thumbnails } from '../pdf-view/thumbnails.tsx';
import { useDocuments } from '../pdf-view/use-documents.ts';
import type { DocumentHandle, ViewFile, ViewPosition } from '../pdf-view/view-file.ts';
import { useWideScreen } from '../ui/screen.ts';
import { useTexts } from '../ui/texts.ts';
import { FileTabs } from './file-tabs.tsx';
import type { FirstState } from './first-state.ts';
import { HiddenDocument } from './hidden-document.tsx';
import { PlaceFrames } from './place-frames.tsx';
import { SealDialog } from './seal-dialog.tsx';
import './signing.css';
import { StepPanel } from './step-panel.tsx';
import { type CodeWish, hasChoice, type Stop, shownStep, stopsOf } from './steps.ts';
import { SIGNING_TEXTS } from './texts.ts';
import { TopBar } from './top-bar.tsx';
import type { SigningCalls } from './use-signing.ts';
import { useViewFiles } from './view-files.ts';

const HAPTIC_MS = 12;

interface ReadingScreenProps {
  readonly state: SigningState;
  /** The signature has been made: its seals land on their places. */
  readonly isLanding: boolean;
  readonly client: PageClient;
  readonly first: FirstState;
  readonly calls: SigningCalls;
  /** From a finished contract back to its result. */
  readonly onResult: () => void;
}

/** The document with what is next below it, or beside it on a wide screen. */
export function ReadingScreen({ state, isLanding, client, first, calls, onResult }: ReadingScreenProps) {
  const say = useTexts(SIGNING_TEXTS);
  const isWide = useWideScreen();
  const files = useViewFiles(state.files, { client, first, attachmentNote: say('attachment') });
  const documents = useDocuments(files);
  const view = useRef<DocumentHandle>(null);
  const [position, setPosition] = useState<ViewPosition>();
  const [code, setCode] = useState<CodeWish>(state.step === 'intent' ? 'resumed' : 'none');
  const [zoomSlot, setZoomSlot] = useState<Element | null>(null);
  const [isChoosing, setIsChoosing] = useState(false);
  const stops = useMemo(() => stopsOf(state.places, state.files), [state.places, state.files]);
  const step = shownStep(state, code !== 'none');
  const mayChange = step === 'place' && !isLanding && hasChoice(state);

  const [looksAt, setLooksAt] = useState<Stop>();
  const reveal = (stop: Stop): void => {
    setLooksAt(stop);
    view.current?.reveal(stop.fileCode, stop.page, stop.rect);
  };
  useLanding(isLanding, stops.at(-1), reveal);

  const hasPlaces = (file: ViewFile, page: number): boolean =>
    state.places.some((place) => place.isSelf && place.fileCode === file.fileId && place.page === page);
  return (
    <div className={files.length > 1 ? 'signing signing-with-files' : 'signing'}>
      <TopBar state={state} position={position} {...(isWide ? { zoomRef: setZoomSlot } : {})} />
      {files.length > 1 && (
        <FileTabs files={files} current={position?.fileId} onChoose={(fileId) => view.current?.reveal(fileId, 1)} />
      )}
      {isWide && files.length > 0 && (
        <Thumbnails
          {...{ files, documents, isMarked: hasPlaces }}
          current={position?.number ?? 1}
          onChoose={(number) => view.current?.revealPage(number)}
        />
      )}
      <main className="signing-document">
        {files.length === 0 ? (
          <HiddenDocument step={state.step} />
        ) : (
          <DocumentView
            ref={view}
            label={say('document')}
            {...{ files, documents }}
            zoomSlot={zoomSlot}
            onPosition={setPosition}
            renderPlaces={(file, page) => (
              <PlaceFrames
                {...{ state, stops, page, isLanding, looksAt }}
                fileCode={file.fileId}
                size={file.pages[page - 1]}
                onChange={mayChange ? () => setIsChoosing(true) : null}
              />
            )}
          />
        )}
      </main>
      <StepPanel
        {...{ state, step, stops, calls, isLanding, reveal, onResult }}
        onChoose={() => setIsChoosing(true)}
        code={code}
        onCode={setCode}
      />
      {isChoosing && <SealDialog state={state} calls={calls} onClose={() => setIsChoosing(false)} />}
    </div>
  );
}

/** The moment of signing: in sight, and felt where phones can. */
function useLanding(isLanding: boolean, last: Stop | undefined, reveal: (stop: Stop) => void): void {
  const latest = useRef({ last, reveal });
  latest.current = { last, reveal };
  useEffect(() => {
    if (!isLanding) return;
    if (latest.current.last) latest.current.reveal(latest.current.last);
    navigator.vibrate?.(HAPTIC_MS);
  }, [isLanding]);
}
