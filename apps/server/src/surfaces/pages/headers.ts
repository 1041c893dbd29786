/** What a browser may do on our pages. */

export type PageKind = 'sign' | 'grant' | 'console' | 'home';

/** The console's components write style elements; the pages that signers see need none. */
const STYLES: Readonly<Record<PageKind, string>> = {
  sign: "'self'",
  grant: "'self'",
  home: "'self'",
  console: "'self' 'unsafe-inline'",
};

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
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  };
}
