/** The front of a bank card, at 12 pixels a millimeter. */
import type { BankCard } from '../facts.ts';
import type { Random } from '../random.ts';
import { CARD } from './id-card.ts';
import { lettering } from './lettering.ts';

const PAINTS = [
  ['#b3202c', '#7c0f1c', '#ffffff'],
  ['#1f5aa8', '#123a72', '#ffffff'],
  ['#e9e4d6', '#c9bfa5', '#1c1c1c'],
  ['#0e7a4f', '#0a5136', '#fffbe0'],
  ['#2b2b2f', '#101014', '#e8d9a8'],
  ['#d7dde4', '#aeb8c4', '#15202c'],
] as const;

export function drawBankCard(card: BankCard, random: Random): string {
  const [from, to, ink] = random.pick(PAINTS);
  const { width, height } = CARD;
  const number = { size: 62, face: 'sans-medium', color: ink, spacing: 0.02 } as const;
  const parts = [
    lettering(card.bankName, 70, 110, { size: 52, face: 'sans-bold', color: ink, spacing: 0.05 }),
    `<rect x="80" y="210" width="120" height="92" rx="14" fill="#d9b65c"/><path d="M80 256 h120 M140 210 v92" stroke="#8a6d25" stroke-width="4"/>`,
    ...emboss(grouped(card.cardNumber), 70, 405, number),
    ...(card.validDate ? validity(card.validDate, ink) : []),
    lettering(
      card.cardType === '信用卡' ? '信用卡 CREDIT' : random.pick(['借记卡', '储蓄卡 DEBIT', '借记卡 ATM']),
      640,
      110,
      {
        size: 34,
        color: ink,
      },
    ),
    lettering('UnionPay', 760, 540, { size: 44, face: 'sans-bold', color: ink }),
    lettering('银联', 800, 595, { size: 40, face: 'sans-bold', color: ink }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
    <rect width="${width}" height="${height}" rx="36" fill="url(#g)"/>
    <path d="M0 ${random.integer(300, 500)} q300 -220 600 -60 t500 -120 v600 h-1200 z" fill="#fff" fill-opacity="0.07"/>
    ${parts.join('\n')}</svg>`;
}

/** Raised digits: a light edge above, a dark one below. */
function emboss(text: string, x: number, y: number, style: Parameters<typeof lettering>[3]): string[] {
  const edge = (color: string, by: number) => lettering(text, x + by, y + by, { ...style, color });
  return [edge('#00000066', 3), edge('#ffffff66', -2), lettering(text, x, y, style)];
}

function validity(date: string, ink: string): string[] {
  return [
    lettering('VALID', 400, 478, { size: 18, color: ink }),
    lettering('THRU', 400, 500, { size: 18, color: ink }),
    lettering('月/年', 470, 478, { size: 18, color: ink }),
    lettering(date, 470, 512, { size: 34, face: 'sans-medium', color: ink }),
  ];
}

function grouped(number: string): string {
  return number.replace(/(\d{4})(?=\d)/g, '$1 ');
}
