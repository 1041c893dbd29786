import { describe, expect, it } from 'vitest';
import { countParts, noticeText, parametersOf, SANDBOX_TEMPLATES, templateProblem } from './sms-text.ts';

describe('the length of a message', () => {
  it.each([
    [0, 1],
    [70, 1],
    [71, 2],
    [134, 2],
    [135, 3],
    [201, 3],
    [202, 4],
  ])('%i characters go out as %i', (length, parts) => {
    expect(countParts('字'.repeat(length))).toBe(parts);
  });

  it('counts a character outside the basic plane as two', () => {
    expect(countParts('𬎆'.repeat(35))).toBe(1);
    expect(countParts('𬎆'.repeat(36))).toBe(2);
  });
});

describe('a template', () => {
  it('names its parameters once each', () => {
    expect(parametersOf({ text: '{a}和{b},再说{a}' })).toEqual(['a', 'b']);
  });

  it('takes values as they are, also when they look like parameters', () => {
    expect(noticeText({ code: 'T', text: '{a}{b}' }, { a: '{b}', b: '$&' })).toBe('【Signet】{b}$&');
  });

  it.each([
    ['missing', {}, 'params.a: 必填'],
    ['unknown', { a: '1', z: '1' }, 'params.z: 模板中没有该参数'],
    ['too long', { a: 'x'.repeat(51) }, 'params.a: 最长50个字符'],
    ['a signature', { a: '【银行】' }, 'params.a: 不能含有'],
    ['a line break', { a: 'x\ny' }, 'params.a: 不能含有'],
  ])('refuses a parameter that is %s', (_, values, msg) => {
    expect(() => noticeText({ code: 'T', text: '{a}' }, values)).toThrow(
      expect.objectContaining({ msg: expect.stringContaining(msg) }),
    );
  });

  it('refuses a text that has become too long', () => {
    const template = { code: 'T', text: `${'字'.repeat(480)}{a}` };

    expect(() => noticeText(template, { a: 'x'.repeat(50) })).toThrow(
      expect.objectContaining({ msg: expect.stringContaining('最长500个字符') }),
    );
  });

  it.each([
    ['a wrong code', { code: 'a b', text: 'x' }, 'the code'],
    ['no text', { code: 'A', text: ' ' }, 'the text must have'],
    ['a signature of its own', { code: 'A', text: '【银行】{x}' }, 'must not hold'],
  ])('cannot be saved with %s', (_, template, problem) => {
    expect(templateProblem(template)).toContain(problem);
  });

  it('of the sandbox could be saved too', () => {
    expect(SANDBOX_TEMPLATES.map(templateProblem)).toEqual(SANDBOX_TEMPLATES.map(() => undefined));
  });
});
