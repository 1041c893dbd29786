/** What a browser may do on our pages. */

export type PageKind = TicketPage | 'console' | 'home';

/** Pages that a link with a ticket opens, by the first part of its path. */
export const TICKET_PAGES = ['sign', 'grant', 'verify-person', 'verify-company', 'face'] as const;
export type TicketPage = (typeof TICKET_PAGES)[number];

/** The console's components write style elements; the pages that signers see need none. */
const STYLES: Readonly<Record<PageKind, string>> = {
  sign: "'self'",
  grant: "'self'",
  'verify-person': "'self'",
  'verify-company': "'self'",
  face: "'self'",
  home: "'self'",
  console: "'self' 'unsafe-inline'",
};

/** A worker obeys the policy of its own script, not that of the page: what sees a face may talk to us alone. */
export const WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

/** @param embeddingOrigins of the app whose page it is; nobody else may frame it. */
export function pageHeaders(kind: PageKind, embeddingOrigins: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    // pdf.js decodes some pictures in WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src ${STYLES[kind]}`,
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    ...(kind === 'face' ? ["media-src 'self' blob:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${embeddingOrigins.length > 0 ? embeddingOrigins.join(' ') : "'none'"}`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    // The address holds the ticket: it must not reach the place a link on the page leads to.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': `camera=${kind === 'face' ? '(self)' : '()'}, microphone=(), geolocation=(), payment=()`,
  };
}
