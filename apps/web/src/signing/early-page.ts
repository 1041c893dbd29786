import type { SigningState } from '@signet/protocol/page-api';
import { layOut } from '../pdf-view/geometry.ts';
import { wideScreen } from '../ui/wide-screen.ts';

/**
 * Page 1 where it will be, as long as the page itself is not there: the same boxes by the same styles, so that nothing moves when
 * they are replaced. Only for one column; beside other columns its place is not known yet.
 */
export function showEarlyPage(
  root: HTMLElement,
  { step, files, contract }: SigningState,
  image: HTMLImageElement,
): void {
  if (root.hasChildNodes() || step === 'closed' || wideScreen.matches) return;
  const { boxes } = layOut(
    files.map(({ pages }) => pages.slice(0, 1)),
    document.documentElement.clientWidth,
  );
  const [box] = boxes;
  if (!box) return;
  const page = element('page-box', element('page-picture', image));
  page.dataset.page = '1';
  for (const side of ['left', 'top', 'width', 'height'] as const) page.style[side] = `${box[side]}px`;
  const view = element('document-view', element('document-scroller', element('document-content', page)));
  const bar = element('signing-bar', element('signing-title', contract.name));
  const tabs = files.length > 1 ? [element('signing-files')] : [];
  const signing = element('signing', bar, ...tabs, element('signing-document', view), element('sheet signing-panel'));
  signing.classList.toggle('signing-with-files', files.length > 1);
  signing.setAttribute('aria-busy', 'true');
  root.append(signing);
}

function element(className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.append(...children);
  return made;
}
