import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPageClient } from '../../api/page-client.ts';
import '../../ui/base.css';
import { startPage } from '../../ui/texts.ts';
import { PersonPage } from './person-page.tsx';

startPage();
const root = document.getElementById('root');
if (root) {
  const client = createPageClient(window.location.pathname.split('/').at(-1) ?? '');
  createRoot(root).render(
    <StrictMode>
      <PersonPage client={client} />
    </StrictMode>,
  );
}
