import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import { startPage } from '../ui/texts.ts';
import { startPresence } from './api/presence.ts';
import './console.css';
import './parts/filters.css';
import './parts/parts.css';
import { Console } from './console.tsx';

startPage();
startPresence();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  );
}
