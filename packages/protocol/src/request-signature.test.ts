import { describe, expect, it } from 'vitest';
import { contentMd5, type SignedRequest, sign, stringToSign, verifySignature } from './request-signature.ts';

const SECRET = 'qd-test-secret-0001';
const LISTED = ['X-Ca-Key', 'X-Ca-Nonce', 'X-Ca-Timestamp'];
const CA_HEADERS = {
  'x-ca-key': '203900001',
  'x-ca-nonce': '4f1c2b9e-7a11-4f0e-9d8e-0c5c1b2a3d4e',
  'x-ca-timestamp': '1731665282313',
};
const GOLDEN_BODY =
  '{"psnName":"张三","psnIDCardType":"CRED_PSN_CH_IDCARD","psnIDCardNum":"110101199003078857","psnMobile":"13800000000"}';

const post: SignedRequest = {
  method: 'POST',
  path: '/api/open/psnCert/3element',
  parameters: [],
  headers: {
    ...CA_HEADERS,
    accept: 'application/json',
    'content-type': 'application/json',
    'content-md5': '2V0hekHVP5W9so2K+tmfhQ==',
  },
  signedHeaders: LISTED,
};
const get = (parameters: [string, string][]): SignedRequest => ({
  method: 'GET',
  path: '/api/open/psnGet',
  parameters,
  headers: { ...CA_HEADERS, accept: 'application/json' },
  signedHeaders: LISTED,
});
const signerQuery: SignedRequest = {
  ...get([
    ['contractId', '1897893172027068416'],
    ['businessCode', ''],
    ['accountId', '3321'],
  ]),
  path: '/api/open/contract/signer',
};
const bare: SignedRequest = {
  ...get([['accountId', '1120']]),
  headers: { accept: '*/*', 'x-ca-key': '203900001' },
  signedHeaders: undefined,
};

describe('golden vectors of the request signature', () => {
  it('computes the documented Content-MD5 of the sample body', () => {
    expect(contentMd5(Buffer.from(GOLDEN_BODY))).toBe('2V0hekHVP5W9so2K+tmfhQ==');
  });

  it.each([
    ['a JSON POST', post, 'kUwRfovq1OfSz77p0FYB8Zt+0k+C/Vfi77aXTYZWlAc='],
    ['a GET with one parameter', get([['accountId', '1120']]), 'RakWusYoOpqopt3b5dRzaWu/f3+U6b5VMzPxaRw2Q0c='],
    ['an empty value written bare', signerQuery, 'JaOqLrMjYnXH00jXj7naghn5VhsmejAJONhqeANKgGE='],
    ['a request that lists no headers', bare, 'ouv8V048b+xBJ2h5kXD/4LKfC1jXWquPoEAeUprB0/c='],
  ])('signs %s as printed', (_, request, signature) => {
    expect(sign(SECRET, stringToSign(request))).toBe(signature);
  });

  it('accepts the printed signature of an empty value written with an equals sign', () => {
    const options = { secrets: [SECRET], pathWithoutApi: false };

    expect(verifySignature(signerQuery, 'GFgVveNGTsA2GqA8raShFjgfODu44hPBWCFRpISxA5I=', options)).toBe(true);
  });
});

describe('tolerated variants', () => {
  const options = { secrets: ['old-secret', SECRET], pathWithoutApi: false };
  const shuffled: SignedRequest = { ...post, signedHeaders: ['X-Ca-Timestamp', 'X-Ca-Key', 'X-Ca-Nonce'] };

  it.each([
    ['headers in listed order', stringToSign(shuffled)],
    ['headers sorted', stringToSign(post)],
    ['header names in lower case', stringToSign({ ...shuffled, signedHeaders: LISTED.map((n) => n.toLowerCase()) })],
  ])('accepts %s', (_, text) => {
    expect(verifySignature(shuffled, sign(SECRET, text), options)).toBe(true);
  });

  it('accepts an empty header block when no headers are listed', () => {
    const text = stringToSign({ ...bare, signedHeaders: [] });

    expect(verifySignature(bare, sign(SECRET, text), options)).toBe(true);
  });

  it('accepts a path without /api only when the app allows it', () => {
    const signature = sign(SECRET, stringToSign({ ...post, path: '/open/psnCert/3element' }));

    expect(verifySignature(post, signature, options)).toBe(false);
    expect(verifySignature(post, signature, { ...options, pathWithoutApi: true })).toBe(true);
  });

  it('never lets Accept, Date or the signature itself take part in the header block', () => {
    const listed = { ...post, signedHeaders: [...LISTED, 'Accept', 'X-Ca-Signature', 'Date', 'Content-Type'] };

    expect(stringToSign(listed)).toBe(stringToSign(post));
  });

  it('uses the first value of a repeated parameter', () => {
    const repeated = get([
      ['accountId', '1120'],
      ['accountId', '9999'],
    ]);

    expect(stringToSign(repeated)).toBe(stringToSign(get([['accountId', '1120']])));
  });

  it.each([['x'], [''], ['AAAA'], ['aUwRfovq1OfSz77p0FYB8Zt+0k+C/Vfi77aXTYZWlAc=']])('refuses %j', (signature) => {
    expect(verifySignature(post, signature, options)).toBe(false);
  });
});
