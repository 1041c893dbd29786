import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { type LetterFacts, setLetter } from './letter-form.ts';

const FACTS: LetterFacts = {
  company: {
    ...{ name: '北京示例科技有限公司', idDocumentType: 'CRED_ORG_USCC', idNumber: '91110105MA01D00006' },
    legalRepresentative: { name: '张三' },
  },
  agent: { name: '李娜', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '310101198804120026' },
  ...{ appName: '小区租房', verificationId: 'OPFN103125CFgAsPxjAEGT', at: new Date('2026-11-24T10:00:00+08:00') },
};
/** Longer than any name that a register takes. */
const LONG = `中外合资北京市海淀区中关村科技园区${'信息技术与软件服务外包产业'.repeat(5)}股份有限公司`;

const pagesOf = (pdf: Uint8Array): string[] =>
  execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf })
    .toString()
    .replaceAll(/[ \n]/g, '')
    .split('\f')
    .slice(0, -1);

describe('the letter to print', () => {
  it('is one page that names company, agent, platform, period and number', async () => {
    const [page = '', ...more] = pagesOf(await setLetter(FACTS));

    expect(more).toEqual([]);
    for (const part of ['91110105MA01D00006', '李娜', '310101198804120026', '“小区租房”', 'OPFN103125CFgAsPxjAEGT']) {
      expect(page).toContain(part);
    }
    expect(page).toContain('第1页，共1页');
  });

  it('calls an old number what it is', async () => {
    const company = { ...FACTS.company, idDocumentType: 'CRED_ORG_REGCODE', idNumber: '110108000000016' };

    expect(pagesOf(await setLetter({ ...FACTS, company }))[0]).toContain('企业注册号110108000000016');
  });

  it('keeps signatures and seal together where long names need more room', async () => {
    const company = { ...FACTS.company, name: LONG };
    const pages = pagesOf(await setLetter({ ...FACTS, company, appName: LONG }));

    expect(pages.join('')).toContain(`第${pages.length}页，共${pages.length}页`);
    expect(pages.at(-1)).toMatch(/经办人（签字）.*法定代表人（签字）/s);
    expect(pages.at(-1)).toContain('企业（加盖公章）');
  });
});
