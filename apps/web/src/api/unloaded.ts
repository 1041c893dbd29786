const TEXTS = {
  zh: { title: '页面没有加载完整', hint: '可能是网络不稳定，请重新加载。', reload: '重新加载' },
  en: { title: 'The page did not load completely', hint: 'The network may be unsteady.', reload: 'Load again' },
} as const;

/** What is shown when not even the code that shows things came. Looks as the failure page does, whose styles the HTML names. */
export function showUnloaded(root: HTMLElement): void {
  const { title, hint, reload } = TEXTS[navigator.language.startsWith('zh') ? 'zh' : 'en'];
  const button = element('button', 'button button-secondary', reload);
  button.addEventListener('click', () => window.location.reload());
  const card = element('div', 'failure-page-card');
  card.setAttribute('role', 'alert');
  card.append(element('h1', '', title), element('p', 'muted', hint), button);
  const page = element('main', 'failure-page');
  page.append(card);
  root.replaceChildren(page);
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
