import { describe, expect, it } from 'vitest';
import { signatureMismatch } from './signature-mismatch.ts';

const OURS = 'GET\napplication/json\n\n\n\nX-Ca-Key:1\n/api/open/psnGet?psnName=张三';
const PREFIX = 'Invalid Signature, Server StringToSign:';
const SHOWN = 'GET#application/json####X-Ca-Key:1#/api/open/psnGet?psnName=';

describe('explaining a refused signature', () => {
  it('blames the secret when both strings are equal', () => {
    const mismatch = signatureMismatch(`${PREFIX}${SHOWN}%E5%BC%A0%E4%B8%89`, OURS);

    expect(mismatch?.difference).toContain('secret');
  });

  it('shows the place where the strings part', () => {
    const mismatch = signatureMismatch(`${PREFIX}${SHOWN.replace('psnGet', 'psnget')}`, OURS);

    expect(mismatch?.difference).toContain('differ at character 48');
    expect(mismatch?.difference).toContain('psnget');
  });

  it('compares only as much as the gateway could send', () => {
    const mismatch = signatureMismatch(`${PREFIX}GET#application/json`, OURS);

    expect(mismatch?.client).toBe('GET#application/json');
  });

  it.each([[null], [''], ['Unknown AppKey']])('says nothing about %j', (message) => {
    expect(signatureMismatch(message, OURS)).toBeUndefined();
  });
});
