import { expect, it } from 'vitest';
import { newTotpSecret, totpStepOf, totpUri } from './totp.ts';

/** The key of RFC 6238, appendix B, in base32. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
])('at %i s the code of RFC 6238 is %s', (seconds, code, step) => {
  const at = (offset: number) => new Date((seconds + offset) * 1_000);

  expect(totpStepOf(RFC_SECRET, code, at(0))).toBe(step);
  expect([totpStepOf(RFC_SECRET, code, at(30)), totpStepOf(RFC_SECRET, code, at(-30))]).toEqual([step, step]);
  expect([totpStepOf(RFC_SECRET, code, at(90)), totpStepOf(RFC_SECRET, code, at(-90))]).toEqual([undefined, undefined]);
});

it.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('"%s" is no code', (code) => {
  expect(totpStepOf(RFC_SECRET, code, new Date(59_000))).toBeUndefined();
});

it('a new secret has 160 bits and is new each time', () => {
  const secrets = Array.from({ length: 20 }, newTotpSecret);

  expect(secrets.filter((secret) => !/^[A-Z2-7]{32}$/.test(secret))).toEqual([]);
  expect(new Set(secrets).size).toBe(20);
});

it('the address of a secret names the account as it is', () => {
  const uri = totpUri(RFC_SECRET, 'anna+ops@example.com');

  expect(uri).toContain('otpauth://totp/Signet:anna%2Bops%40example.com?');
});
