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
  createRoot(root).render(
    <StrictMode>
      <SigningPage client={client} />
    </StrictMode>,
  );
  // The document will be wanted in a moment; a failure shows where it is.
  loadEngine().catch(() => undefined);
}
