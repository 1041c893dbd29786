import { type CSSProperties, memo, type ReactNode, useRef } from 'react';
import type { FileSource } from './file-source.ts';
import type { PageBox as Box } from './geometry.ts';
import { type Nearness, useIsNear } from './nearness.ts';
import type { OpenFiles } from './open-files.ts';
import { PagePicture } from './page-picture.tsx';
import type { RenderQueue } from './render-queue.ts';

/** What all pages of a view share. */
export interface PageMeans {
  readonly files: OpenFiles;
  readonly queue: RenderQueue;
  readonly nearness: Nearness;
  /** Of a box from the middle of what is seen, in pixels. */
  readonly distanceTo: (box: Box) => number;
}

interface PageBoxProps {
  readonly box: Box;
  readonly source: FileSource;
  /** Which page it is, for screen readers. */
  readonly label: string;
  readonly zoom: number;
  readonly means: PageMeans;
  readonly children?: ReactNode;
}

/** Has its size before anything is loaded; its picture only while it is near. */
export const PageBox = memo(function PageBox({ box, source, label, zoom, means, children }: PageBoxProps) {
  const element = useRef<HTMLElement>(null);
  const early = box.page === 1 ? source.firstPicture : undefined;
  const isNear = useIsNear(element, means.nearness, early !== undefined);
  const style = {
    left: `calc(var(--zoom) * ${box.left}px)`,
    top: `calc(var(--zoom) * ${box.top}px)`,
    width: `calc(var(--zoom) * ${box.width}px)`,
    height: `calc(var(--zoom) * ${box.height}px)`,
    '--total-scale-factor': `calc(var(--zoom) * ${box.scale})`,
  } as CSSProperties;
  return (
    <section ref={element} className="page-box" style={style} data-page={box.number} aria-label={label}>
      {isNear && (
        <PagePicture
          source={source}
          page={box.page}
          width={box.width * zoom}
          files={means.files}
          queue={means.queue}
          distance={() => means.distanceTo(box)}
          {...(early && { early })}
          hasText
        />
      )}
      {children}
    </section>
  );
});
