/**
 * The first thing that runs, and small: on a slow phone the document's first page is there before the page that shows it is. What is
 * asked for here is used there; the page's own code, which keeps the processor busy for longer than all of this takes, comes after.
 */
import type { SigningState } from '@signet/protocol/page-api';
import { createPageClient } from '../api/page-client.ts';
import { showUnloaded } from '../api/unloaded.ts';
import { startEngineWorker } from '../pdf-view/engine-worker.ts';
import { askFirstPicture } from '../pdf-view/first-picture.ts';
import { firstRanges } from '../pdf-view/ranges.ts';
import { startAppearance } from '../ui/appearance.ts';
import { showEarlyPage } from './early-page.ts';
import { fileKey, filePath, picturePath } from './file-path.ts';
import type { FirstState } from './first-state.ts';

/** For the picture, which may be late on a bad network or not come at all. */
const LONGEST_WAIT_MS = 600;

/** Loads the scripts of the page without running them; the build has put their addresses into the document. */
function loadAhead(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="later"]')) link.rel = 'preload';
}

const root = document.getElementById('root');
if (root) {
  startAppearance();
  const client = createPageClient(window.location.pathname.split('/').at(-1) ?? '');
  const first: FirstState = { answer: client.get<SigningState>('/sign'), known: null, picture: null };

  const waited = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  const showFirstPage = async (): Promise<void> => {
    const state = await first.answer;
    first.known = state;
    const [file] = state.files;
    if (!file || state.step === 'closed') return;
    const picture = askFirstPicture(file.pages, (width) => client.picture(picturePath(file, width)));
    first.picture = { key: fileKey(file), picture };
    loadAhead();
    const shown = picture.answer.then((image) => image && showEarlyPage(root, state, image));
    await Promise.race([shown, waited]);
    for (const [begin, end] of firstRanges(file.size)) client.readAhead(filePath(file), begin, end);
  };

  // The page says what went wrong.
  const prepared = showFirstPage().catch(() => undefined);
  Promise.race([prepared, waited]).then(() => {
    startEngineWorker();
    import('./start.tsx').then(
      ({ start }) => start(root, client, first),
      () => showUnloaded(root),
    );
  });
}
