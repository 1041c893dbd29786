import type { SigningState } from '@signet/protocol/page-api';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { PageClient } from '../api/page-client.ts';
import { loadEngine } from '../pdf-view/engine.ts';
import '../ui/base.css';
import { startPage } from '../ui/texts.ts';
import { SigningPage } from './signing-page.tsx';

/** Under way before the page is. */
export interface FirstState {
  readonly answer: Promise<SigningState>;
  /** As soon as it has come. */
  known: SigningState | null;
}

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
