import { describe, expect, it } from 'vitest';
import { weaknessOf } from './weak-password.ts';

const TOO_SHORT = '密码至少12个字符';
const NAMED = '密码不能包含账号名';
const TRIVIAL = '密码过于简单,请使用不易猜到的词句';

describe('a new password', () => {
  it.each([
    ['short one', TOO_SHORT],
    ['十一个汉字也还是太短啦', TOO_SHORT],
    ['I am OLIVIA after all', NAMED],
    ['aaaaaaaaaaaa', TRIVIAL],
    ['abababababab', TRIVIAL],
    ['abc123abc123abc1', TRIVIAL],
    ['123456789012', TRIVIAL],
    ['210987654321', TRIVIAL],
    ['qwertyuiop12', TRIVIAL],
    ['Qwertyuiopasdf', TRIVIAL],
    ['abcdefgh1234', TRIVIAL],
    ['password2026!', TRIVIAL],
    ['!!Passw0rd2026', TRIVIAL],
    ['P@ssw0rd2026', TRIVIAL],
    ['administrator1', TRIVIAL],
    ['202611241230', TRIVIAL],
    ['!?!?1234!?!?', TRIVIAL],
  ])('"%s" is refused', (password, weakness) => {
    expect(weaknessOf(password, 'olivia')).toBe(weakness);
  });

  it.each([
    'correct horse battery',
    'the admin likes tea',
    'Xk9$mQ2!vL7p',
    '床前明月光疑是地上霜举头',
    'z3-ZKuxp9Q_aW0nE',
    'my password is long',
  ])('"%s" is taken', (password) => {
    expect(weaknessOf(password, 'olivia')).toBeUndefined();
  });
});
