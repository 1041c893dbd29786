/** Where the surface `trust` answers: the same paths stand in the certificates. */
export const TRUST_PATHS = {
  rootPem: '/trust/root.pem',
  rootCertificate: '/trust/root.cer',
  issuingCaPem: '/trust/issuing-ca.pem',
  issuingCaCertificate: '/trust/issuing-ca.cer',
  tsaPem: '/trust/tsa.pem',
  rootCrl: '/trust/crl/root.crl',
  issuingCaCrl: '/trust/crl/issuing-ca.crl',
  ocsp: '/trust/ocsp',
  tsa: '/trust/tsa',
} as const;

export interface TrustAddresses {
  readonly crlUrl: string;
  readonly ocspUrl?: string;
  /** RFC 5280 §4.2.2.1: a DER certificate, not PEM. */
  readonly caIssuersUrl: string;
}

/** What a certificate of this issuer says about where to ask. Only the issuing CA has an OCSP responder. */
export function trustAddresses(publicUrl: string, issuer: 'root' | 'issuing-ca'): TrustAddresses {
  // A certificate holds ASCII only: the URL parser writes a Chinese host name as punycode.
  const base = new URL(publicUrl).href.replace(/\/+$/, '');
  if (issuer === 'root') {
    return { crlUrl: base + TRUST_PATHS.rootCrl, caIssuersUrl: base + TRUST_PATHS.rootCertificate };
  }
  return {
    crlUrl: base + TRUST_PATHS.issuingCaCrl,
    ocspUrl: base + TRUST_PATHS.ocsp,
    caIssuersUrl: base + TRUST_PATHS.issuingCaCertificate,
  };
}
