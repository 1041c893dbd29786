import { describe, expect, it } from 'vitest';
import { parseBankCard } from './bank-card.ts';
import { parseIdCardBack } from './id-card-back.ts';
import { parseIdCardFront } from './id-card-front.ts';
import { parseLicense } from './license.ts';
import { nationOf } from './nations.ts';
import { printed } from './testing/printed-lines.ts';

const NUMBER = '330106194503054675';
const front = (name: string, number = NUMBER, doubts = {}) => [
  ...[printed('姓名', 60, 60), printed(name, 160, 60), printed('性别男', 60, 130), printed('民族汉', 260, 130)],
  ...[printed('出生', 60, 200), printed('1945年3月5日', 160, 202), printed('住址', 60, 270)],
  ...[printed('浙江省杭州市西湖区小寨', 160, 268), printed('东路1320号38栋490室', 160, 310)],
  ...[printed('公民身份号码', 60, 470), printed(number, 300, 468, doubts)],
];

describe('the portrait side of an identity card', () => {
  it('gives every field', () => {
    expect(parseIdCardFront(front('韦涛'))).toEqual({
      ok: true,
      card: {
        ...{ name: '韦涛', sex: '男', nation: '汉', birth: '1945-03-05', idNumber: NUMBER },
        address: '浙江省杭州市西湖区小寨东路1320号38栋490室',
      },
    });
  });

  it.each([
    ['阿依古丽·买买提', '阿依古丽·买买提'],
    ['阿依古丽•买买提', '阿依古丽·买买提'],
    ['古丽娜扎尔．拜合提亚尔', '古丽娜扎尔·拜合提亚尔'],
    ['欧阳娜娜', '欧阳娜娜'],
    ['张 喆', '张喆'],
  ])('reads the name %s', (read, name) => {
    expect(parseIdCardFront(front(read))).toMatchObject({ card: { name } });
  });

  it('reads labels and values that were found as one line', () => {
    const lines = [
      ...[printed('姓名邱红军', 60, 60), printed('性别女民族维吾尔', 60, 130), printed('出生1990年3月7日', 60, 200)],
      ...[printed('住址北京市海淀区人民路1号', 60, 270), printed('公民身份号码110101199003071022', 60, 470)],
    ];

    expect(parseIdCardFront(lines)).toMatchObject({
      card: { name: '邱红军', nation: '维吾尔', address: '北京市海淀区人民路1号', idNumber: '110101199003071022' },
    });
  });

  it('does not mend a number against the birthday that is printed above it', () => {
    // 0 for the 5 of the day, and a check digit in doubt that would make it hold.
    const misread = '330106194503064675';

    expect(parseIdCardFront(front('韦涛', misread, { 17: '0123456789X' }))).toEqual({
      ok: false,
      problem: 'number-unsure',
    });
  });

  it.each([
    ['nothing', [], 'no-text'],
    ['the other side', [printed('居民身份证', 60, 60), printed('签发机关杭州市公安局', 60, 130)], 'other-side'],
    ['a receipt', [printed('收银小票', 60, 60), printed('合计12.00', 60, 130)], 'other-document'],
    ['a card without its number', front('韦涛').slice(0, -1), 'number-unsure'],
    ['a card without a name', front('韦涛').slice(2), 'name-missing'],
  ])('is refused when the picture shows %s', (_, lines, problem) => {
    expect(parseIdCardFront(lines)).toEqual({ ok: false, problem });
  });
});

describe('a nation', () => {
  it.each([
    ['汉', '汉'],
    ['汉族', '汉'],
    ['维吾尔', '维吾尔'],
    ['么佬', '仫佬'],
    ['外国', undefined],
    ['', undefined],
  ])('read as %s is %s', (read, nation) => {
    expect(nationOf(read)).toBe(nation);
  });
});

describe('the emblem side of an identity card', () => {
  const back = (dates: string, authority = '杭州市公安局西湖分局') => [
    ...[printed('中华人民共和国', 100, 50), printed('居民身份证', 100, 130)],
    ...[
      printed('签发机关', 50, 370),
      printed(authority, 200, 370),
      printed('有效期限', 50, 430),
      printed(dates, 200, 430),
    ],
  ];

  it.each([
    ['2012.04.16-2032.04.16', '2012.04.16-2032.04.16'],
    ['2012.04.16-长期', '2012.04.16-长期'],
    ['2012.04.16一2032.04.16', '2012.04.16-2032.04.16'],
    ['20120416-20320416', '2012.04.16-2032.04.16'],
  ])('reads %s', (read, validDate) => {
    expect(parseIdCardBack(back(read))).toEqual({ ok: true, card: { authority: '杭州市公安局西湖分局', validDate } });
  });

  it.each([
    ['a term that no card has', back('2012.04.16-2039.04.16'), 'incomplete'],
    ['a day that does not exist', back('2012.02.31-2032.02.31'), 'incomplete'],
    ['the other side', front('韦涛'), 'other-side'],
  ])('is refused for %s', (_, lines, problem) => {
    expect(parseIdCardBack(lines)).toEqual({ ok: false, problem });
  });
});

describe('a business licence', () => {
  const lines = [
    ...[printed('营业执照', 500, 60), printed('统一社会信用代码', 100, 110), printed('91310115MADR7F1F2T', 100, 150)],
    ...[printed('名', 100, 330), printed('称', 200, 330), printed('上海美信文化传媒有限责任公司', 250, 330)],
    ...[printed('注册资本', 780, 330), printed('叁仟万元整', 930, 330)],
    ...[printed('类', 100, 385), printed('型', 200, 385), printed('有限责任公司(自然人独资)', 250, 385)],
    ...[printed('成立日期', 780, 385), printed('2012年03月05日', 930, 385)],
    ...[printed('法定代表人', 100, 440), printed('周羿', 260, 440), printed('营业期限长期', 780, 440)],
    ...[
      printed('经营范围', 100, 495),
      printed('一般项目：组织文化艺术交流', 250, 495),
      printed('活动；广告设计', 250, 530),
    ],
    ...[
      printed('住', 780, 495),
      printed('所', 870, 495),
      printed('上海市浦东新区小寨东路', 930, 495),
      printed('1548号', 930, 530),
    ],
    ...[printed('登记机关', 830, 740), printed('2024年06月18日', 920, 820)],
  ];

  it('gives every field of both columns', () => {
    expect(parseLicense(lines)).toEqual({
      ok: true,
      card: {
        ...{ name: '上海美信文化传媒有限责任公司', creditCode: '91310115MADR7F1F2T', legalRepresentative: '周羿' },
        ...{ companyType: '有限责任公司（自然人独资）', address: '上海市浦东新区小寨东路1548号', term: '长期' },
        ...{ registeredCapital: '叁仟万元整', establishedOn: '2012-03-05' },
        scope: '一般项目：组织文化艺术交流活动；广告设计',
      },
    });
  });

  it('is refused when its code does not hold', () => {
    const damaged = lines.with(2, printed('91310115MADR7F1F2X', 100, 150));

    expect(parseLicense(damaged)).toEqual({ ok: false, problem: 'number-unsure' });
  });

  it('finds the name without its label', () => {
    const unlabelled = lines.filter(({ text }) => text !== '名' && text !== '称');

    expect(parseLicense(unlabelled)).toMatchObject({ card: { name: '上海美信文化传媒有限责任公司' } });
  });

  it('reads once what two boxes that overlap both saw, by the box that shows it whole', () => {
    // The box of the label reaches into the value, and its end looks like a character of its own.
    const [label] = lines.filter(({ text }) => text === '称');
    if (!label) throw new Error('no label');
    const cut = { text: '材', score: 0.99, position: 0.95, choices: [] };
    const wide = {
      ...label,
      right: 258,
      characters: [...label.characters.map((each) => ({ ...each, position: 0.3 })), cut],
    };

    const overlapping = lines.map((line) => (line === label ? wide : line));

    expect(parseLicense(overlapping)).toMatchObject({ card: { name: '上海美信文化传媒有限责任公司' } });
  });

  it('parts the type from the name behind which it stands when its own label is unread', () => {
    const unlabelled = lines.filter(({ text }) => text !== '类' && text !== '型');

    expect(parseLicense(unlabelled)).toMatchObject({
      card: { name: '上海美信文化传媒有限责任公司', companyType: '有限责任公司（自然人独资）' },
    });
  });

  it('takes the registration number of an old licence', () => {
    const old = lines.with(1, printed('注册号', 100, 110)).with(2, printed('110108000000016', 100, 150));

    expect(parseLicense(old)).toMatchObject({ card: { creditCode: '110108000000016' } });
  });
});

describe('a bank card', () => {
  it('gives number, bank, kind and term', () => {
    const lines = [printed('招商银行', 80, 80), printed('4392 2532 0250 9660', 80, 400), printed('08/29', 300, 500)];

    expect(parseBankCard(lines)).toEqual({
      ok: true,
      card: { cardNumber: '4392253202509660', bankName: '招商银行', cardType: '信用卡', validDate: '08/29' },
    });
  });

  it('takes the later of two dates', () => {
    const lines = [printed('4392253202509660', 80, 400), printed('09/21', 200, 500), printed('08/29', 400, 500)];

    expect(parseBankCard(lines)).toMatchObject({ card: { validDate: '08/29' } });
  });

  it('leaves the bank open when neither the card nor the table says it', () => {
    expect(parseBankCard([printed('5000000000000009', 80, 400)])).toMatchObject({
      card: { bankName: undefined, cardType: undefined, validDate: undefined },
    });
  });

  it.each([
    ['a number that does not hold', [printed('4392253202509661', 80, 400)], 'number-unsure'],
    ['something else', [printed('收银小票', 80, 80)], 'other-document'],
    ['nothing', [], 'no-text'],
  ])('is refused for %s', (_, lines, problem) => {
    expect(parseBankCard(lines)).toEqual({ ok: false, problem });
  });
});
