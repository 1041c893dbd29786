/** The second-generation identity card, both sides, at 12 pixels a millimeter (85.6 mm × 54 mm). */
import type { IdCardBack, IdCardFront } from '../facts.ts';
import type { Random } from '../random.ts';
import { lettering, wrap } from './lettering.ts';

export const CARD = { width: 1027, height: 648 } as const;

const LABEL = '#3f6f9f';

export function drawIdFront(card: IdCardFront, random: Random): string {
  const label = (text: string, x: number, y: number) => lettering(text, x, y, { size: 30, color: LABEL });
  const value = (text: string, x: number, y: number) => lettering(text, x, y, { size: 36, face: 'sans-medium' });
  const [year = '', month = '', day = ''] = card.birth.split('-').map((part) => String(Number(part)));
  const parts = [
    ...[label('姓 名', 72, 100), value(card.name, 185, 100)],
    ...[label('性 别', 72, 178), value(card.sex, 185, 178), label('民 族', 300, 178), value(card.nation, 402, 178)],
    ...[label('出 生', 72, 256), value(year, 185, 256), label('年', 275, 256), value(month.padStart(2, ' '), 322, 256)],
    ...[label('月', 375, 256), value(day.padStart(2, ' '), 420, 256), label('日', 475, 256), label('住 址', 72, 338)],
    ...wrap(card.address, 11).map((line, i) => value(line, 185, 338 + i * 48)),
    lettering('公民身份号码', 72, 565, { size: 32, color: LABEL, face: 'sans-medium' }),
    lettering(card.idNumber, 350, 568, { size: 44, face: 'sans-medium', spacing: random.between(0.06, 0.14) }),
    portrait(random),
  ];
  return cardSvg(parts, random);
}

export function drawIdBack(card: IdCardBack, random: Random): string {
  const parts = [
    `<circle cx="165" cy="150" r="85" fill="#c8102e" fill-opacity="0.85"/><circle cx="165" cy="150" r="60" fill="#e8b04a" fill-opacity="0.7"/>`,
    lettering('中华人民共和国', 330, 140, { size: 60, face: 'serif-bold', spacing: 0.12 }),
    lettering('居民身份证', 330, 250, { size: 78, face: 'serif-bold', spacing: 0.3 }),
    lettering('签发机关', 270, 500, { size: 32, face: 'sans-medium' }),
    lettering(card.authority, 430, 500, { size: 34 }),
    lettering('有效期限', 270, 570, { size: 32, face: 'sans-medium' }),
    lettering(card.validDate, 430, 570, { size: 34 }),
  ];
  return cardSvg(parts, random);
}

function portrait(random: Random): string {
  const skin = random.pick(['#e8c4a0', '#d9b08c', '#f0d2b4']);
  return `<rect x="655" y="90" width="290" height="365" fill="#f4f6f8"/>
    <ellipse cx="800" cy="240" rx="80" ry="105" fill="${skin}"/><path d="M715 215 q85 -150 170 0 q-85 -60 -170 0" fill="#222"/>
    <path d="M680 455 q20 -110 120 -110 q100 0 120 110 z" fill="#2b3a55"/>`;
}

function cardSvg(parts: readonly string[], random: Random): string {
  const { width, height } = CARD;
  const waves = Array.from({ length: 22 }, (_, i) => {
    const y = i * 32 + random.between(-6, 6);
    return `<path d="M0 ${y} q${width / 4} ${random.between(-40, 40)} ${width / 2} 0 t${width / 2} 0" fill="none"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" rx="36" fill="#e6eef2"/>
    <g stroke="${random.pick(['#b9d3d8', '#d8c0c8', '#c2cfe0'])}" stroke-width="2" stroke-opacity="0.8">${waves.join('')}</g>
    ${parts.join('\n')}</svg>`;
}
