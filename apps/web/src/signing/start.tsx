import type { SigningState } from '@signet/protocol/page-api';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPageClient } from '../api/page-client.ts';
import { loadEngine } from '../pdf-view/engine.ts';
import '../ui/base.css';
import { startPage } from '../ui/texts.ts';
import { SigningPage } from './signing-page.tsx';

startPage();
const root = document.getElementById('root');
if (root) {
  const client = createPageClient(window.location.pathname.split('/').at(-1) ?? '');
  // Asked for before anything is drawn: on a slow phone the answer comes while the page is being made.
  const first = client.get<SigningState>('/sign');
  first.catch(() => undefined);
  createRoot(root).render(
    <StrictMode>
      <SigningPage client={client} first={first} />
    </StrictMode>,
  );
  // The document will be wanted in a moment; a failure shows where it is.
  loadEngine().catch(() => undefined);
}
