/** The business licence (营业执照) in its layouts since 2014: one column or two, landscape or portrait. */
import { isCreditCode, isRegistrationNumber } from '@signet/protocol/identifiers';
import { readCheckedNumber } from './checked-number.ts';
import { labelledFields } from './labelled-fields.ts';
import { type CardOutcome, read, unread } from './outcome.ts';
import { type Row, rowsOf, textOf } from './page-text.ts';
import type { ReadLine } from './ports.ts';

export interface BusinessLicense {
  readonly name: string;
  /** 统一社会信用代码, or 注册号 on an old licence. */
  readonly creditCode: string;
  readonly legalRepresentative: string | undefined;
  readonly companyType: string | undefined;
  readonly address: string | undefined;
  readonly registeredCapital: string | undefined;
  /** yyyy-MM-dd */
  readonly establishedOn: string | undefined;
  /** As printed: 长期, or from one date to another. */
  readonly term: string | undefined;
  readonly scope: string | undefined;
}

/** Companies, branches, partnerships and sole traders call the same things by other names. */
const LABELS = {
  creditCode: ['统一社会信用代码', '社会信用代码', '注册号'],
  legalRepresentative: ['法定代表人', '执行事务合伙人', '负责人', '经营者', '投资人'],
  scope: ['经营范围', '业务范围'],
  registeredCapital: ['注册资本', '注册资金', '出资额', '成员出资总额'],
  establishedOn: ['成立日期', '注册日期'],
  term: ['营业期限', '经营期限', '合伙期限'],
  address: ['主要经营场所', '经营场所', '营业场所', '住所', '场所'],
  companyType: ['主体类型', '公司类型', '企业类型', '组成形式', '类型'],
  name: ['企业名称', '名称', '字号名称'],
} as const;

const FOOTERS = ['登记机关', '国家企业信用', '国家市场监督', '市场主体应当', '企业信用信息'];

export function parseLicense(lines: readonly ReadLine[]): CardOutcome<BusinessLicense> {
  const rows = rowsOf(lines);
  if (rows.length === 0) return unread('no-text');
  const fields = labelledFields(lines, LABELS, FOOTERS);
  const creditCode = findCode(rows);
  if (!creditCode) return unread(isLicense(rows, fields) ? 'number-unsure' : 'other-document');
  const named = cleaned(fields.name) ?? unlabelledName(lines);
  // Where the label of the type cannot be read, it goes on behind the name.
  const { name, type } = fields.companyType ? { name: named, type: fields.companyType } : splitType(named);
  if (!name || name.length < 2) return unread('name-missing');
  return read({
    ...{ name, creditCode },
    legalRepresentative: personName(fields.legalRepresentative),
    companyType: cleaned(type),
    address: cleaned(fields.address),
    registeredCapital: cleaned(fields.registeredCapital),
    establishedOn: dateIn(fields.establishedOn),
    term: termIn(fields.term),
    scope: cleaned(fields.scope),
  });
}

function isLicense(rows: readonly Row[], fields: Partial<Record<keyof typeof LABELS, string>>): boolean {
  return rows.some((row) => /营业执照|信用代码/.test(textOf(row))) || fields.scope !== undefined;
}

/** Where the label cannot be read: the uppermost line that is called like a company. */
function unlabelledName(lines: readonly ReadLine[]): string | undefined {
  return lines
    .toSorted((a, b) => a.top - b.top)
    .map(({ text }) => cleaned(text)?.replace(/^名?称/, ''))
    .find(
      (text) =>
        text !== undefined &&
        /^[\p{Script=Han}（）·A-Za-z\d]{4,}(公司|厂|店|中心|合作社|事务所|（有限合伙）|（普通合伙）|经营部)$/u.test(
          text,
        ),
    );
}

/** The kinds of companies that registers write, behind what a name ends with. */
const NAME_AND_TYPE =
  /^(.+?(?:公司|厂|店|中心|合作社|事务所|经营部|（有限合伙）|（普通合伙）))((?:其他)?(?:有限责任公司|股份有限公司|外商投资企业|个人独资企业|有限合伙企业|普通合伙企业|全民所有制|集体所有制|农民专业合作社|个体工商户)(?:分公司)?(?:（.+）)?)$/;

function splitType(named: string | undefined): { name: string | undefined; type: string | undefined } {
  const [, name, type] = NAME_AND_TYPE.exec(named ?? '') ?? [];
  return name ? { name, type } : { name: named, type: undefined };
}

const CREDIT_CODE = { lengths: [18], alphabet: '0123456789ABCDEFGHJKLMNPQRTUWXY', holds: isCreditCode };
const REGISTRATION_NUMBER = { lengths: [15], alphabet: '0123456789', holds: isRegistrationNumber };

function findCode(rows: readonly Row[]): string | undefined {
  const runs = rows.flatMap(codeRuns);
  for (const rule of [CREDIT_CODE, REGISTRATION_NUMBER]) {
    const found = runs.flatMap((run) => readCheckedNumber(run, rule) ?? []).toSorted((a, b) => a.repairs - b.repairs);
    if (found[0]) return found[0].value;
  }
  return undefined;
}

/** Stretches of a row without ideographs: the label, or another column, ends them. */
function codeRuns(row: Row): Row[] {
  const runs: (typeof row)[number][][] = [[]];
  for (const character of row) {
    if (/[\p{Script=Han}：:]/u.test(character.text)) runs.push([]);
    else runs.at(-1)?.push(character);
  }
  return runs.filter((run) => run.length >= 15);
}

/** Brackets as registers write them, and no spaces: the page is set in ideographs. */
export function cleaned(text: string | undefined): string | undefined {
  const value = text
    ?.replace(/\s/g, '')
    .replaceAll('(', '（')
    .replaceAll(')', '）')
    .replace(/^[：:·.、,，]+/, '');
  return value ? value : undefined;
}

export function personName(text: string | undefined): string | undefined {
  const value = text?.replace(/[•・.．‧∙●]/g, '·').replace(/[^\p{Script=Han}·（）()A-Za-z]/gu, '');
  return value && value.length >= 2 ? value : undefined;
}

const DATE = /(\d{4})年(\d{1,2})月(\d{1,2})日?/;

export function dateIn(text: string | undefined): string | undefined {
  const [, year, month = '', day = ''] = DATE.exec(text?.replace(/\s/g, '') ?? '') ?? [];
  return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}

export function termIn(text: string | undefined): string | undefined {
  const value = cleaned(text)?.replace(/^自/, '');
  if (!value) return undefined;
  if (/^[长長]期?$/.test(value) || /无固定期限|不约定期限/.test(value)) return value.startsWith('长') ? '长期' : value;
  return value;
}
