/** How a person wants pages to look: theme, size of type, language; remembered by the browser. */

export interface Appearance {
  readonly theme: 'system' | 'light' | 'dark';
  readonly size: 'normal' | 'elder';
  readonly language: 'zh' | 'en';
}

const STORAGE_KEY = 'signet.appearance';
const darkScreen = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let current: Appearance = { ...initial(), ...remembered() };

function initial(): Appearance {
  return { theme: 'system', size: 'normal', language: navigator.language.startsWith('zh') ? 'zh' : 'en' };
}

/** Storage is refused in some private modes and foreign frames: then nothing is remembered. */
function remembered(): Partial<Appearance> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? stored : {};
  } catch {
    return {};
  }
}

function show(): void {
  const { theme, size, language } = current;
  const isDark = theme === 'dark' || (theme === 'system' && darkScreen.matches);
  const root = document.documentElement;
  root.dataset.theme = isDark ? 'dark' : 'light';
  root.dataset.size = size;
  root.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const listener of listeners) listener();
}

/** Called before a page draws anything. */
export function startAppearance(): Appearance {
  darkScreen.addEventListener('change', show);
  show();
  return current;
}

export function changeAppearance(change: Partial<Appearance>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(current));
  } catch {
    // It holds for this visit.
  }
  show();
}

export function onAppearanceChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const currentAppearance = (): Appearance => current;
