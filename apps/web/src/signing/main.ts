/** The first thing that runs, and small: on a slow phone the answers are there before the page that shows them is. */
import type { SigningState } from '@signet/protocol/page-api';
import { createPageClient } from '../api/page-client.ts';
import { showUnloaded } from '../api/unloaded.ts';
import { startEngineWorker } from '../pdf-view/engine-worker.ts';
import { firstRanges } from '../pdf-view/ranges.ts';
import { filePath } from './file-path.ts';
import type { FirstState } from './first-state.ts';

const root = document.getElementById('root');
if (root) {
  const client = createPageClient(window.location.pathname.split('/').at(-1) ?? '');
  const answer = client.get<SigningState>('/sign');
  const first: FirstState = { answer, known: null };
  startEngineWorker();
  answer.then(
    (state) => {
      first.known = state;
      const [file] = state.files;
      if (file) for (const [begin, end] of firstRanges(file.size)) client.readAhead(filePath(file), begin, end);
    },
    // The page says what went wrong.
    () => undefined,
  );
  import('./start.tsx').then(
    ({ start }) => start(root, client, first),
    () => showUnloaded(root),
  );
}
