import { describe, expect, it } from 'vitest';
import { PERSON_MODES, readPrefilled, setUpStep } from './page-setup.ts';

const now = new Date('2026-11-24T02:00:00Z');

describe('a step of a page', () => {
  it.each([
    ['nothing chosen', {}, { editableFields: [], modes: ['face', 'mobile', 'bank'], defaultMode: 'face' }],
    ['an empty list', { modes: [] }, { editableFields: [], modes: ['face', 'mobile', 'bank'], defaultMode: 'face' }],
    [
      'some modes',
      { modes: ['bank', 'mobile', 'bank'] },
      { editableFields: [], modes: ['bank', 'mobile'], defaultMode: 'bank' },
    ],
    [
      'a default',
      { defaultMode: 'mobile' },
      { editableFields: [], modes: ['face', 'mobile', 'bank'], defaultMode: 'mobile' },
    ],
    [
      'fields',
      { editableFields: ['name', 'name'] },
      { editableFields: ['name'], modes: ['face', 'mobile', 'bank'], defaultMode: 'face' },
    ],
  ] as const)('with %s', (_, wanted, expected) => {
    expect(setUpStep(wanted, PERSON_MODES, 'psnDefaultAuthMode')).toEqual(expected);
  });

  it('refuses a default that is not offered', () => {
    const wanted = { modes: ['bank'], defaultMode: 'face' } as const;

    expect(() => setUpStep(wanted, PERSON_MODES, 'psnDefaultAuthMode')).toThrow(
      expect.objectContaining({ msg: expect.stringContaining('psnDefaultAuthMode') }),
    );
  });
});

describe('facts given in advance', () => {
  it('have one spelling, and empty ones are left out', () => {
    const person = { name: ' 张三 ', idNumber: '65010219951203001x', mobile: ' ' };

    expect(readPrefilled({ person }, now)).toEqual({ person: { name: '张三', idNumber: '65010219951203001X' } });
  });

  it('name everybody who is not born yet', () => {
    const unborn = '110101203001010018';
    const given = { person: { idNumber: unborn }, company: { representativeIdNumber: unborn } };

    expect(() => readPrefilled(given, now)).toThrow(
      expect.objectContaining({
        msg: '参数错误. psnAuthConfig.psnIDCardNum: 出生日期晚于今天; corpAuthConfig.legalRepIDCardNum: 出生日期晚于今天',
      }),
    );
  });
});
