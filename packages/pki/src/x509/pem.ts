/** Textual encodings. RFC 7468. */
import { PkiError } from '../error.ts';

export type PemLabel = 'CERTIFICATE' | 'PRIVATE KEY' | 'PUBLIC KEY' | 'X509 CRL' | 'CMS' | 'CERTIFICATE REQUEST';

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END \1-----/;
const LONGEST_TEXT = 1024 * 1024;

export function toPem(der: Uint8Array, label: PemLabel): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The bytes of the first block, which must carry the label when one is given. */
export function fromPem(pem: string, label?: PemLabel): Uint8Array {
  const [, found, base64 = ''] = pem.length > LONGEST_TEXT ? [] : (BLOCK.exec(pem) ?? []);
  if (found === undefined || (label !== undefined && found !== label)) {
    throw new PkiError('MALFORMED', `no PEM block ${label ?? ''} in the text`);
  }
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}
