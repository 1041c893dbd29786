import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageClient } from '../api/page-client.ts';
import { loadEngine } from '../pdf-view/engine.ts';
import '../ui/base.css';
import { startPage } from '../ui/texts.ts';
import type { FirstState } from './first-state.ts';
import { SigningPage } from './signing-page.tsx';

export function start(root: HTMLElement, client: PageClient, first: FirstState): void {
  startPage();
  createRoot(root).render(
    <StrictMode>
      <SigningPage client={client} first={first} />
    </StrictMode>,
  );
  // The document will be wanted in a moment; a failure shows where it is.
  loadEngine().catch(() => undefined);
}
