import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../ui/texts.ts';
import { drawPage, release, writeText } from './drawing.ts';
import { EngineMissing } from './engine.ts';
import type { FileSource } from './file-source.ts';
import type { OpenFiles } from './open-files.ts';
import type { RenderQueue } from './render-queue.ts';
import { PDF_TEXTS } from './texts.ts';

const SLOW_MS = 2_500;

export interface PagePictureProps {
  readonly source: FileSource;
  readonly page: number;
  /** Of the page on the screen, in CSS pixels. */
  readonly width: number;
  readonly files: OpenFiles;
  readonly queue: RenderQueue;
  /** From the reader, in pixels. */
  readonly distance: () => number;
  readonly hasText: boolean;
}

type Trouble = 'none' | 'slow' | 'failed' | 'outdated';

/** The drawn page. A new width or new bytes replace the picture when they are complete, never before. */
export function PagePicture({ source, page, width, files, queue, distance, hasText }: PagePictureProps) {
  const say = useTexts(PDF_TEXTS);
  const picture = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState<Trouble>('none');
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round draws again
  useEffect(() => {
    const stopper = new AbortController();
    const { signal } = stopper;
    const slow = setTimeout(() => setTrouble('slow'), SLOW_MS);
    const draw = async (): Promise<void> => {
      const proxy = await (await files.document(source)).getPage(page);
      const canvas = await drawPage(proxy, width, signal);
      if (signal.aborted) return;
      release(picture.current?.querySelector('canvas'));
      picture.current?.replaceChildren(canvas);
    };
    queue.add(distance, signal, draw).then(
      () => {
        clearTimeout(slow);
        if (!signal.aborted) setTrouble('none');
      },
      (error: unknown) => {
        clearTimeout(slow);
        if (!signal.aborted) setTrouble(error instanceof EngineMissing ? 'outdated' : 'failed');
      },
    );
    return () => {
      clearTimeout(slow);
      stopper.abort();
    };
  }, [source.key, page, width, files, queue, round]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the page goes out of sight
  useEffect(() => {
    const box = picture.current;
    return () => {
      release(box?.querySelector('canvas'));
      files
        .document(source)
        .then((opened) => opened.getPage(page))
        .then((proxy) => proxy.cleanup())
        .catch(() => undefined);
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is the same at every width
  useEffect(() => {
    const stopper = new AbortController();
    const container = text.current;
    if (!container) return;
    const write = async (): Promise<void> => {
      const proxy = await (await files.document(source)).getPage(page);
      if (stopper.signal.aborted) return;
      container.replaceChildren();
      await writeText(proxy, container, stopper.signal);
    };
    // A page whose text cannot be read is shown all the same; the picture tells of trouble.
    write().catch(() => undefined);
    return () => stopper.abort();
  }, [source.key, page, files, round]);

  const retry = (): void => {
    // The server knows the step, so nothing is lost.
    if (trouble === 'outdated') window.location.reload();
    files.forget(source);
    setTrouble('none');
    setRound(round + 1);
  };
  return (
    <>
      <div ref={picture} className="page-picture" />
      {hasText && <div ref={text} className="text-layer" />}
      {trouble === 'slow' && <p className="page-note">{say('loading', { page })}</p>}
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
