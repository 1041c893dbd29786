/** The business licence (营业执照) in its layouts of two columns and of one. */
import type { License } from '../facts.ts';
import type { Random } from '../random.ts';
import { type Face, lettering, wrap } from './lettering.ts';

export function drawLicense(license: License, random: Random): string {
  return random.chance(0.6) ? twoColumns(license, random) : oneColumn(license, random);
}

interface Row {
  readonly label: string;
  readonly value: string;
}

/** Labels are spread over the width of five characters, as on the form. */
function spread(label: string, x: number, y: number, size: number): string {
  const count = [...label].length;
  return lettering(label, x, y, { size, face: 'serif-bold', spacing: count < 5 ? (5 - count) / (count - 1) : 0 });
}

interface Column {
  readonly x: number;
  readonly top: number;
  readonly size: number;
  readonly perLine: number;
  readonly face: Face;
}

function column(rows: readonly Row[], { x, top, size, perLine, face }: Column): string[] {
  let y = top;
  return rows.flatMap(({ label, value }) => {
    const lines = wrap(value, perLine);
    const drawn = [
      spread(label, x, y, size),
      ...lines.map((line, i) => lettering(line, x + size * 6.2, y + i * size * 1.4, { size, face })),
    ];
    y += Math.max(1, lines.length) * size * 1.4 + size * 0.75;
    return drawn;
  });
}

function twoColumns(license: License, random: Random): string {
  const face = random.pick(['serif', 'sans'] as const);
  const left = [
    { label: '名称', value: license.name },
    { label: '类型', value: license.companyType },
    { label: '法定代表人', value: license.legalRepresentative },
    { label: '经营范围', value: license.scope },
  ];
  const right = [
    { label: '注册资本', value: license.registeredCapital },
    { label: '成立日期', value: license.establishedOn },
    ...(license.showsTerm ? [{ label: '营业期限', value: license.term }] : []),
    { label: '住所', value: license.address },
  ];
  const parts = [
    lettering('营业执照', 560, 250, { size: 110, face: 'serif-bold', spacing: 0.3 }),
    lettering('(副 本)', 700, 330, { size: 40, face: 'serif-bold' }),
    lettering('统一社会信用代码', 110, 200, { size: 28, face: 'serif-bold' }),
    lettering(license.creditCode, 110, 245, { size: 34, face: 'sans-medium' }),
    ...column(left, { x: 110, top: 440, size: 29, perLine: 17, face }),
    ...column(right, { x: 890, top: 440, size: 29, perLine: 14, face }),
    lettering('登记机关', 950, 920, { size: 36, face: 'serif-bold', spacing: 0.2 }),
    lettering('2024 年 06 月 18 日', 1060, 1010, { size: 30, face: 'sans' }),
    lettering('国家企业信用信息公示系统网址：http://www.gsxt.gov.cn', 110, 1080, { size: 18 }),
    lettering('国家市场监督管理总局监制', 1210, 1080, { size: 20 }),
  ];
  return page(1600, 1130, parts);
}

function oneColumn(license: License, random: Random): string {
  const face = random.pick(['serif', 'sans'] as const);
  const rows = [
    { label: '名称', value: license.name },
    { label: '类型', value: license.companyType },
    { label: '住所', value: license.address },
    { label: '法定代表人', value: license.legalRepresentative },
    { label: '注册资本', value: license.registeredCapital },
    { label: '成立日期', value: license.establishedOn },
    ...(license.showsTerm ? [{ label: '营业期限', value: license.term }] : []),
    { label: '经营范围', value: license.scope },
  ];
  const parts = [
    lettering('营业执照', 310, 260, { size: 110, face: 'serif-bold', spacing: 0.3 }),
    lettering('统一社会信用代码', 330, 345, { size: 28, face: 'serif-bold' }),
    lettering(license.creditCode, 580, 345, { size: 34, face: 'sans-medium' }),
    ...column(rows, { x: 150, top: 470, size: 31, perLine: 22, face }),
    lettering('登记机关', 700, 1300, { size: 36, face: 'serif-bold', spacing: 0.2 }),
    lettering('2023 年 11 月 02 日', 760, 1380, { size: 30, face: 'sans' }),
  ];
  return page(1130, 1540, parts);
}

function page(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#fbf7ec"/>
    <rect x="40" y="40" width="${width - 80}" height="${height - 80}" fill="none" stroke="#b98d3c" stroke-width="14"/>
    <rect x="64" y="64" width="${width - 128}" height="${height - 128}" fill="none" stroke="#d5b878" stroke-width="4"/>
    <circle cx="${width / 2}" cy="120" r="42" fill="#c8102e"/>${parts.join('\n')}</svg>`;
}
