import { CALLBACK_TYPES } from '@signet/protocol/callbacks';
import { describe, expect, it } from 'vitest';
import {
  parseCallbackTypes,
  parseCallbackUrl,
  parseLimit,
  parseNetworks,
  parseOrigins,
  parseSchemes,
} from './app-options.ts';

describe('the options of an app', () => {
  it.each([
    [parseLimit, '60', 60],
    [parseLimit, 'none', null],
    [parseNetworks, '203.0.113.0/24, ::1', ['203.0.113.0/24', '::1']],
    [parseNetworks, 'any', []],
    [parseCallbackUrl, 'https://shop.example/hook?x=1', 'https://shop.example/hook?x=1'],
    [parseCallbackUrl, 'none', null],
    [
      parseCallbackTypes,
      'OPEN_CONTRACT_SIGNED, OPEN_PSN_CERT_RESULT',
      ['OPEN_CONTRACT_SIGNED', 'OPEN_PSN_CERT_RESULT'],
    ],
    [parseCallbackTypes, 'all', Object.keys(CALLBACK_TYPES)],
    [parseCallbackTypes, 'none', []],
    [parseSchemes, 'myapp, shop+1', ['myapp', 'shop+1']],
    [parseSchemes, 'none', []],
    [parseOrigins, 'https://shop.example, http://localhost:3000', ['https://shop.example', 'http://localhost:3000']],
    [parseOrigins, 'none', []],
  ])('%o reads "%s"', (parse, text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it.each([
    [parseLimit, '0', /whole number/],
    [parseNetworks, '203.0.113.0/24,nonsense', /nonsense is no address/],
    [parseCallbackUrl, 'ftp://shop.example/', /http or https/],
    [parseCallbackUrl, 'https://user:pw@shop.example/', /without password/],
    [parseCallbackUrl, '', /http or https/],
    [parseCallbackTypes, 'OPEN_NOTHING', /The types are OPEN_CONTRACT_SIGNED/],
    [parseSchemes, 'javascript', /schemes of your own apps/],
    [parseSchemes, '', /schemes of your own apps/],
    [parseOrigins, 'https://shop.example/path', /whole origins/],
    [parseOrigins, '*', /whole origins/],
  ])('%o refuses "%s" and says what to give', (parse, text, hint) => {
    expect(() => parse(text)).toThrow(hint);
  });
});
