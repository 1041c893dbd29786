import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BankCsvError, readBranchCsv } from './bank-branches.ts';
import { type IdentityFixture, startIdentity } from './testing/identity-fixture.ts';

const HEADER = 'bankName,bankCode,bankBranchName,bankBranchCode,province,city';
const PAGE = { pageNumber: 1, pageSize: 10 };

let given: IdentityFixture;
beforeAll(async () => {
  given = await startIdentity();
});
afterAll(() => given.drop());

describe("an operator's list of branches", () => {
  it.each([
    ['a missing column', 'bankName,bankCode\n中国银行,BOC', 'missing columns: bankBranchName'],
    ['a code that is too short', `${HEADER}\n中国银行,BOC,某支行,1041,北京,北京`, 'line 2: bankBranchCode'],
    ['an empty name', `${HEADER}\n,BOC,某支行,104100000018,北京,北京`, 'line 2: bankName is empty'],
    ['a line of another width', `${HEADER}\n中国银行,BOC`, 'no valid CSV'],
  ])('is refused with %s', (_, text, problem) => {
    expect(() => readBranchCsv(text)).toThrow(BankCsvError);
    expect(() => readBranchCsv(text)).toThrow(problem);
  });

  it('takes the place of the sandbox list, and a branch loaded again is replaced', async () => {
    expect((await given.identity.listBankBranches({ keyword: '招商' }, PAGE)).total).toBeGreaterThan(0);
    const line = (name: string) => `中国银行,BOC,${name},104100000018,北京,北京`;

    await given.identity.importBankBranches(`${HEADER}\n${line('旧名支行')}`);
    const { loaded } = await given.identity.importBankBranches(`${HEADER}\n${line('100%支行')}\n`);

    expect(loaded).toBe(1);
    expect(await given.identity.listBankBranches({ keyword: '招商' }, PAGE)).toEqual({ list: [], total: 0 });
    expect(await given.identity.listBankBranches({ keyword: '0%支', city: '北京' }, PAGE)).toMatchObject({
      list: [{ bankName: '中国银行', branchName: '100%支行', branchCode: '104100000018' }],
    });
    expect((await given.identity.listBankBranches({ keyword: '0_支' }, PAGE)).total).toBe(0);
  });
});
