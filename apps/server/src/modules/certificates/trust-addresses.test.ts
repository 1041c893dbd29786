import { expect, it } from 'vitest';
import { trustAddresses } from './trust-addresses.ts';

it.each([
  ['https://sign.example.com', 'https://sign.example.com/trust/crl/root.crl'],
  ['https://sign.example.com/', 'https://sign.example.com/trust/crl/root.crl'],
  ['https://example.com/signet/', 'https://example.com/signet/trust/crl/root.crl'],
  ['https://签约.example.com', 'https://xn--vyzq8d.example.com/trust/crl/root.crl'],
])('writes the addresses below %s in ASCII', (publicUrl, crlUrl) => {
  expect(trustAddresses(publicUrl, 'root').crlUrl).toBe(crlUrl);
});

it('names an OCSP responder only for what the issuing CA issued', () => {
  expect(trustAddresses('http://127.0.0.1:8080', 'root').ocspUrl).toBeUndefined();
  expect(trustAddresses('http://127.0.0.1:8080', 'issuing-ca').ocspUrl).toBe('http://127.0.0.1:8080/trust/ocsp');
});
