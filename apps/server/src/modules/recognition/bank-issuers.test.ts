import { describe, expect, it } from 'vitest';
import { ISSUER_PREFIXES, issuerOf } from './bank-issuers.ts';

const cardOf = (prefix: string): string => prefix.padEnd(19, '0');

describe('the issuer of a card', () => {
  it.each([
    ['622202', '中国工商银行', '借记卡'],
    ['622700', '中国建设银行', '借记卡'],
    ['622848', '中国农业银行', '借记卡'],
    ['621661', '中国银行', '借记卡'],
    ['622260', '交通银行', '借记卡'],
    ['621799', '中国邮政储蓄银行', '借记卡'],
    ['622588', '招商银行', '借记卡'],
    ['622521', '上海浦东发展银行', '借记卡'],
    ['622908', '兴业银行', '借记卡'],
    ['622901', '兴业银行', '信用卡'],
    ['622853', '北京银行', '信用卡'],
    ['95599', '中国农业银行', '借记卡'],
  ])('of a number that begins with %s is %s, %s', (prefix, bankName, cardType) => {
    expect(issuerOf(cardOf(prefix))).toEqual({ bankName, cardType });
  });

  it.each([
    ['is prepaid', '620521'],
    ['is given to different banks by different lists', '622178'],
    ['is given to different kinds by different lists', '438600'],
    ['two banks bear on numbers of different lengths', '622305'],
  ])('is left open where the prefix %s', (_, prefix) => {
    expect(issuerOf(cardOf(prefix))).toBeUndefined();
  });

  it('is said once for each prefix, and no prefix hides in another one', () => {
    const shorter = new Set(ISSUER_PREFIXES.filter(({ length }) => length < 6));

    expect(ISSUER_PREFIXES.filter((prefix, i) => ISSUER_PREFIXES.indexOf(prefix) !== i)).toEqual([]);
    expect(ISSUER_PREFIXES.filter((prefix) => prefix.length === 6 && shorter.has(prefix.slice(0, 5)))).toEqual([]);
  });
});
