import { describe, expect, it } from 'vitest';
import { loadRegistryCsv, RegistryCsvError } from './registry-csv.ts';

const HEADER = 'kind,name,idNumber,mobile,representativeName,representativeIdNumber,behaviour';
const PERSON = 'person,秦始,11010819860412007X,13900000001,,,';
const COMPANY = 'company,测试科技有限公司,91310000MA1FL0001R,,秦始,11010819860412007X,abnormal';

describe('a registry CSV', () => {
  it('reads people and companies', () => {
    expect(loadRegistryCsv(`${HEADER}\n${PERSON}\n\n${COMPANY}\n`)).toEqual([
      { kind: 'person', name: '秦始', idNumber: '11010819860412007X', mobile: '13900000001', behaviour: 'normal' },
      {
        ...{ kind: 'company', name: '测试科技有限公司', idNumber: '91310000MA1FL0001R', behaviour: 'abnormal' },
        ...{ representativeName: '秦始', representativeIdNumber: '11010819860412007X' },
      },
    ]);
  });

  it('reads what spreadsheets write: a byte-order mark, CRLF, quotes, other column order, lower-case x', () => {
    const text = '\uFEFFname,kind,idNumber\r\n"秦,始",person,11010819860412007x\r\n';
    expect(loadRegistryCsv(text)).toEqual([
      { kind: 'person', name: '秦,始', idNumber: '11010819860412007X', behaviour: 'normal' },
    ]);
  });

  it('names every wrong line and every fault in it at once', () => {
    const wrong = ['robot,R2,1,,,,', 'person,,110108198604120071,123,,,sleepy', PERSON, `company,甲,1,1,,2,`, PERSON];
    expect(problemsOf([HEADER, ...wrong].join('\n'))).toEqual([
      'line 2: kind must be person or company',
      expect.stringMatching(
        /^line 3: name is empty; idNumber .*checksum\); mobile .*; behaviour must be one of normal, /,
      ),
      expect.stringMatching(
        /^line 5: idNumber .*; representativeName is empty; representativeIdNumber .*; a company has no/,
      ),
      'line 6: idNumber is the same as in line 4',
    ]);
  });

  it.each([
    ['an empty file', '', []],
    ['an unknown column', 'kind,name,idNumber,colour\n', [expect.stringContaining('unknown column "colour"')]],
    ['a missing column', 'kind,name\n', ['line 1: column idNumber is missing']],
    ['a line of another width', `${HEADER}\nperson,秦始\n`, [expect.stringContaining('line 2: has another number')]],
    ['an open quote', `${HEADER}\nperson,"秦始`, [expect.stringContaining('is no valid CSV')]],
    [
      'a field without end',
      `${HEADER}\nperson,${'秦'.repeat(5000)},1,,,,`,
      [expect.stringContaining('is no valid CSV')],
    ],
    ['a huge file', 'x'.repeat(5_000_001), [expect.stringContaining('larger than')]],
  ])('judges %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('refuses more lines than a sandbox needs', () => {
    expect(problemsOf(`kind,name,idNumber\n${'person,a,b\n'.repeat(20_001)}`)).toEqual([
      'the file has more than 20000 lines',
    ]);
  });

  it('shows at most fifty problems in its message and never a number', () => {
    const error = errorOf(`${HEADER}\n${'person,秦始,110108198604120071,,,,\n'.repeat(60)}`);
    expect(error?.message.split('\n')).toHaveLength(51);
    expect(error?.message).not.toContain('110108198604120071');
  });
});

function problemsOf(text: string): readonly string[] {
  return errorOf(text)?.problems ?? [];
}

function errorOf(text: string): RegistryCsvError | undefined {
  try {
    loadRegistryCsv(text);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(RegistryCsvError);
    return error as RegistryCsvError;
  }
}
