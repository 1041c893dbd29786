import type { EmbeddedPageMessage } from '@signet/protocol/page-api';

/** Tells the page around us, where there is one, and only if it is one of the app's own. */
export function tellHost(embeddingOrigins: readonly string[], message: Omit<EmbeddedPageMessage, 'source'>): void {
  if (window.parent === window) return;
  const whole: EmbeddedPageMessage = { source: 'signet', ...message };
  // The browser delivers it only where the origin fits.
  for (const origin of embeddingOrigins) window.parent.postMessage(whole, origin);
}
