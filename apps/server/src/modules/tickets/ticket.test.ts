import { describe, expect, it } from 'vitest';
import { mayReturnTo, returnAddress } from './ticket.ts';

describe('a page may return to', () => {
  it.each([
    ['https://shop.example/done?x=1', [], true],
    ['http://10.0.0.5/done', [], true],
    ['myapp://signed', ['myapp'], true],
    ['myapp://signed', [], false],
    ['otherapp://signed', ['myapp'], false],
    ['javascript:alert(1)', [], false],
    ['data:text/html,hello', [], false],
    ['file:///etc/passwd', [], false],
    ['https://user:password@shop.example/', [], false],
    ['/done', [], false],
    ['', [], false],
  ] as const)('%s with %j registered: %s', (url, schemes, allowed) => {
    expect(mayReturnTo(url, schemes)).toBe(allowed);
  });
});

describe('the address a page goes back to', () => {
  it('keeps its own parameters and carries how it ended', () => {
    const ticket = { redirectUrl: 'https://shop.example/done?order=7#top', redirectDelaySeconds: 5 };

    expect(returnAddress(ticket, { contractId: '19', businessCode: null, status: 'finished' })).toEqual({
      url: 'https://shop.example/done?order=7&contractId=19&status=finished#top',
      delaySeconds: 5,
    });
  });

  it('is none when the link names none', () => {
    expect(returnAddress({ redirectUrl: null, redirectDelaySeconds: null }, { status: 'finished' })).toBeNull();
  });
});
