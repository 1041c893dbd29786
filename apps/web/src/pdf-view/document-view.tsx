/** Files on the desk: all pages below each other, drawn when they come near, with room for places on them. */
import { type CSSProperties, type ReactNode, type Ref, useImperativeHandle } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../ui/texts.ts';
import './document-view.css';
import { PageBox } from './page-box.tsx';
import { QuickScroll } from './quick-scroll.tsx';
import './text-layer.css';
import { PDF_TEXTS } from './texts.ts';
import { useDocumentView } from './use-document-view.ts';
import type { Documents } from './use-documents.ts';
import { useGrowingCount } from './use-growing-count.ts';
import type { DocumentHandle, ViewFile, ViewPosition } from './view-file.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

export interface DocumentViewProps {
  /** What is shown, for screen readers. */
  readonly label: string;
  readonly files: readonly ViewFile[];
  /** Of `useDocuments`, shared with the thumbnails. */
  readonly documents: Documents;
  /** What lies on a page; position it with `placeOnPage`. */
  readonly renderPlaces?: (file: ViewFile, page: number) => ReactNode;
  readonly onPosition?: (position: ViewPosition) => void;
  /** Zoom buttons over the lower edge. */
  readonly hasZoomButtons?: boolean;
  /** Zoom buttons in this element, where they hide nothing of the document. */
  readonly zoomSlot?: Element | null;
  readonly ref?: Ref<DocumentHandle>;
}

export function DocumentView(props: DocumentViewProps) {
  const { label, files, documents, renderPlaces, hasZoomButtons = false, zoomSlot, ref } = props;
  const say = useTexts(PDF_TEXTS);
  const view = useDocumentView(props);
  useImperativeHandle(ref, () => view.handle, [view.handle]);
  const { layout, zoom } = view;
  const boxCount = useGrowingCount(layout.boxes.length);
  const content = { '--zoom': zoom, width: layout.width * zoom, height: layout.height * zoom } as CSSProperties;
  const zoomButtons = <ZoomButtons zoom={zoom} onZoom={view.zoomTo} />;
  return (
    <div className="document-view">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller without controls must be reachable by keyboard */}
      <section ref={view.scroller} className="document-scroller" aria-label={label} tabIndex={0}>
        <div ref={view.content} className="document-content" style={content}>
          {layout.headings.map(({ fileIndex, top }) => (
            <h2 key={fileIndex} className="document-heading" style={{ top: `calc(var(--zoom) * ${top}px)` }}>
              <span>{files[fileIndex]?.name}</span>
              {files[fileIndex]?.note && <small>{files[fileIndex]?.note}</small>}
            </h2>
          ))}
          {layout.boxes.slice(0, boxCount).map((box) => {
            const file = files[box.fileIndex];
            return (
              file && (
                <PageBox
                  key={`${file.fileId}/${box.page}`}
                  {...{ box, zoom, source: file.source, means: view.means }}
                  label={say('page', { page: box.number, total: layout.boxes.length })}
                >
                  {renderPlaces?.(file, box.page)}
                </PageBox>
              )
            );
          })}
        </div>
      </section>
      {documents.isWaiting && (
        <p className="document-waiting" role="status">
          {say('waiting')}
        </p>
      )}
      <QuickScroll scroller={view.scroller} layout={layout} zoom={zoom} />
      {hasZoomButtons && <div className="zoom-over">{zoomButtons}</div>}
      {zoomSlot && createPortal(zoomButtons, zoomSlot)}
    </div>
  );
}
