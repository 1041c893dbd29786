import { useEffect, useRef } from 'react';
import { useTexts } from '../ui/texts.ts';
import { type Nearness, useIsNear, useNearness } from './nearness.ts';
import { PagePicture } from './page-picture.tsx';
import { PDF_TEXTS } from './texts.ts';
import type { ViewFile } from './view-file.ts';
import './thumbnails.css';
import type { Documents } from './use-documents.ts';

const WIDTH = 104;
/** Thumbnails are drawn when no page waits. */
const BEHIND_PAGES = 1e6;

interface ThumbnailsProps {
  readonly files: readonly ViewFile[];
  readonly documents: Documents;
  /** The page being read, counted through all files. */
  readonly current: number;
  readonly onChoose: (number: number) => void;
  /** A mark beside pages that ask for something. */
  readonly isMarked?: (file: ViewFile, page: number) => boolean;
}

/** Small pictures of all pages, to find one's way. */
export function Thumbnails({ files, documents, current, onChoose, isMarked }: ThumbnailsProps) {
  const say = useTexts(PDF_TEXTS);
  const scroller = useRef<HTMLElement>(null);
  const nearness = useNearness(scroller, '50%');
  useEffect(() => {
    scroller.current?.querySelector(`[data-thumbnail="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  let number = 0;
  return (
    <nav ref={scroller} className="thumbnails" aria-label={say('thumbnails')}>
      {files.flatMap((file) =>
        file.pages.map(({ width, height }, i) => {
          number += 1;
          const thumbnail = { file, page: i + 1, number, height: (WIDTH * height) / width };
          return (
            <Thumbnail
              key={`${file.fileId}/${number}`}
              label={say('toPage', { page: number })}
              {...thumbnail}
              isCurrent={number === current}
              isMarked={isMarked?.(file, i + 1) ?? false}
              onChoose={onChoose}
              documents={documents}
              nearness={nearness}
            />
          );
        }),
      )}
    </nav>
  );
}

interface ThumbnailProps {
  readonly label: string;
  readonly file: ViewFile;
  readonly page: number;
  readonly number: number;
  readonly height: number;
  readonly isCurrent: boolean;
  readonly isMarked: boolean;
  readonly onChoose: (number: number) => void;
  readonly documents: Documents;
  readonly nearness: Nearness;
}

function Thumbnail({
  label,
  file,
  page,
  number,
  height,
  isCurrent,
  isMarked,
  onChoose,
  documents,
  nearness,
}: ThumbnailProps) {
  const element = useRef<HTMLButtonElement>(null);
  const isNear = useIsNear(element, nearness, false);
  return (
    <button
      ref={element}
      type="button"
      className="thumbnail"
      data-thumbnail={number}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => onChoose(number)}
    >
      <span className="thumbnail-paper" style={{ width: WIDTH, height }}>
        {isNear && (
          <PagePicture
            source={file.source}
            page={page}
            width={WIDTH}
            files={documents.files}
            queue={documents.queue}
            distance={() => BEHIND_PAGES + number}
            hasText={false}
          />
        )}
        {isMarked && <span className="thumbnail-mark" />}
      </span>
      <span className="thumbnail-number">{number}</span>
    </button>
  );
}
