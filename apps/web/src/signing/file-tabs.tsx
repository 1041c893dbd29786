import { useEffect, useRef } from 'react';
import type { ViewFile } from '../pdf-view/view-file.ts';
import { useTexts } from '../ui/texts.ts';
import { SIGNING_TEXTS } from './texts.ts';

interface FileTabsProps {
  readonly files: readonly ViewFile[];
  readonly current?: string | undefined;
  readonly onChoose: (fileId: string) => void;
}

/** The files stand below each other; this leads from one to the next. */
export function FileTabs({ files, current, onChoose }: FileTabsProps) {
  const say = useTexts(SIGNING_TEXTS);
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another file is being read
  useEffect(() => {
    row.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [current]);
  return (
    <nav ref={row} className="signing-files" aria-label={say('files')}>
      {files.map(({ fileId, name, note }) => (
        <button
          key={fileId}
          type="button"
          aria-current={fileId === current ? 'true' : undefined}
          onClick={() => onChoose(fileId)}
        >
          {name}
          {note && <small>{note}</small>}
        </button>
      ))}
    </nav>
  );
}
