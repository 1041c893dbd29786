/** Cards whose fields a vendor has read. Numbers must hold and agree with what stands beside them, whoever read them. */
import { isCreditCode, isRegistrationNumber } from '@signet/protocol/identifiers';
import { type BankCard, isCardNumber, LENGTHS, printedType } from './bank-card.ts';
import { issuerOf } from './bank-issuers.ts';
import { type IdCardBack, periodOf } from './id-card-back.ts';
import { agrees, type IdCardFront, isPossible, toldBy } from './id-card-front.ts';
import { type BusinessLicense, cleaned, dateIn, personName, termIn } from './license.ts';
import { nationOf } from './nations.ts';
import { type CardOutcome, read, unread } from './outcome.ts';
import type { CardFields } from './ports.ts';

export function idCardFrontOf(fields: CardFields): CardOutcome<IdCardFront> {
  const idNumber = fields.number?.replace(/\s/g, '').toUpperCase() ?? '';
  if (idNumber === '') return unread('number-unsure');
  const birth = digitsOfDate(fields.birth);
  const sex = /^[男女]$/.test(fields.sex ?? '') ? fields.sex : undefined;
  if (!isPossible(idNumber) || !agrees(idNumber, { birth, sex })) return unread('number-unsure');
  const name = fields.name?.replace(/\s/g, '') ?? '';
  if ([...name].length < 2) return unread('name-missing');
  const nation = fields.nation ? nationOf(fields.nation) : undefined;
  return read({ name, ...toldBy(idNumber), nation, address: cleaned(fields.address) });
}

const PERIOD = /^(\d{4})\.(\d{2})\.(\d{2})-(?:(\d{4})\.(\d{2})\.(\d{2})|长期)$/;

export function idCardBackOf({ authority: issuer, validDate: printed }: CardFields): CardOutcome<IdCardBack> {
  const [, year = '', month = '', day = '', endYear, endMonth = '', endDay = ''] =
    PERIOD.exec(printed?.replace(/\s/g, '') ?? '') ?? [];
  const end = endYear === undefined ? undefined : ([endYear, endMonth, endDay] as const);
  const validDate = periodOf([year, month, day], end);
  const authority = issuer?.replace(/\s/g, '') ?? '';
  if (!validDate || authority.length < 4) return unread('incomplete');
  return read({ authority, validDate });
}

export function licenseOf(fields: CardFields): CardOutcome<BusinessLicense> {
  const creditCode = fields.number?.replace(/\s/g, '').toUpperCase() ?? '';
  if (!isCreditCode(creditCode) && !isRegistrationNumber(creditCode)) return unread('number-unsure');
  const name = cleaned(fields.name);
  if (!name || name.length < 2) return unread('name-missing');
  return read({
    ...{ name, creditCode },
    legalRepresentative: personName(fields.legalRepresentative),
    companyType: cleaned(fields.companyType),
    address: cleaned(fields.address),
    registeredCapital: cleaned(fields.registeredCapital),
    establishedOn: dateIn(fields.establishedOn),
    term: termIn(fields.term),
    scope: cleaned(fields.scope),
  });
}

export function bankCardOf(fields: CardFields): CardOutcome<BankCard> {
  const cardNumber = fields.number?.replace(/[\s-]/g, '') ?? '';
  const holds = /^\d+$/.test(cardNumber) && LENGTHS.includes(cardNumber.length) && isCardNumber(cardNumber);
  if (!holds) return unread('number-unsure');
  const issuer = issuerOf(cardNumber);
  const [, month, year] = /^(0[1-9]|1[0-2])\s?\/\s?(?:20)?(\d{2})$/.exec(fields.validDate?.trim() ?? '') ?? [];
  return read({
    cardNumber,
    // The vendor writes the bank's number behind its name.
    bankName: fields.bankName?.replace(/[(（]\d+[)）]$/, '') || issuer?.bankName,
    cardType: printedType([fields.cardType ?? '']) ?? issuer?.cardType,
    validDate: month && year ? `${month}/${year}` : undefined,
  });
}

/** 1987/1/1 or 1987年1月1日, as the number writes it. */
function digitsOfDate(text: string | undefined): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})\D(\d{1,2})\D(\d{1,2})\D?$/.exec(text?.trim() ?? '') ?? [];
  return year === undefined ? undefined : year + month.padStart(2, '0') + day.padStart(2, '0');
}
