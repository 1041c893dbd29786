/** The judge of our signatures accepts a request that the vendor's own library has signed, and nothing that was changed in it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultOfSignature } from './testing/fake-alibaba.ts';

const { request, at } = JSON.parse(readFileSync(new URL('./testing/sdk-request.json', import.meta.url), 'utf8'));
const now = Date.parse(at);

describe("a request that Alibaba Cloud's own library has signed", () => {
  it('is accepted by the service that judges ours', () => {
    expect(faultOfSignature(request, now)).toBeUndefined();
  });

  it.each([
    ['its body', { body: `${request.body} ` }],
    ['its query', { rawQuery: `${request.rawQuery}&Name=x` }],
    ['its method', { method: 'PUT' }],
    ['where it goes', { headers: { ...request.headers, host: 'elsewhere.example' } }],
  ])('is not accepted with %s changed', (_, change) => {
    expect(faultOfSignature({ ...request, ...change }, now)).toMatch(/Signature/);
  });

  it('is not accepted much later', () => {
    expect(faultOfSignature(request, now + 3_600_000)).toMatch(/Expire/);
  });
});
