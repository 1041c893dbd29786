/** The people and companies every sandbox has. All are invented; numbers carry valid checksums. */
import type { CompanyEntry, PersonEntry, RegistryEntry } from './entries.ts';

/** Everyone's bank card by id number, with a valid checksum; 高远 has none. */
const BANK_CARDS: Readonly<Record<string, string>> = {
  '110101199003078857': '6222020200000000014',
  '310101198804120026': '6222020200000000022',
  '330102199211050039': '6222020200000000030',
  '65010219951203001X': '6222020200000000048',
  '51010719790218004X': '6222020200000000055',
  '440303198309260016': '6222020200000000063',
  '500103197408070016': '6222020200000000071',
  '330100197905125021': '6222020200000000089',
  '540102198708210020': '6222020200000000097',
  '430100201510111541': '6222020200000000105',
  '350203199307280029': '6222020200000000113',
  '110108198604120037': '6222020200000000121',
  '420106197601140038': '6222020200000000147',
  '120101198109250026': '6222020200000000154',
  '370202198403170017': '6222020200000000162',
  '320504199106300027': '6222020200000000170',
  '610103199805090015': '6222020200000000188',
  '210102199006110023': '6222020200000000196',
  '330100199203155129': '6222020200000000204',
  '330100199008275045': '6222020200000000212',
  '440106199105120014': '6222020200000000220',
  '510104198609230023': '6222020200000000238',
  '320102199507040030': '6222020200000000246',
  '320106199203150041': '6222020200000000253',
};

const cardOf = (idNumber: string): { readonly bankCardNumber?: string } => {
  const bankCardNumber = BANK_CARDS[idNumber];
  return bankCardNumber === undefined ? {} : { bankCardNumber };
};

const person = (
  name: string,
  idNumber: string,
  mobile: string | undefined,
  behaviour: PersonEntry['behaviour'] = 'normal',
): PersonEntry => ({ kind: 'person', name, idNumber, ...(mobile && { mobile }), ...cardOf(idNumber), behaviour });

const company = (
  name: string,
  idNumber: string,
  representative: PersonEntry,
  behaviour: CompanyEntry['behaviour'] = 'normal',
): CompanyEntry => ({
  ...{ kind: 'company', name, idNumber, behaviour },
  ...{ representativeName: representative.name, representativeIdNumber: representative.idNumber },
});

const ZHANG_SAN = person('张三', '110101199003078857', '13800000000');
const LI_NA = person('李娜', '310101198804120026', '13800000001');
const OUYANG = person('欧阳建国', '330102199211050039', '13800000002');
const ABDULLA = person('阿卜杜拉·买买提', '65010219951203001X', '13800000003');
const ZHOU = person('周小燕', '51010719790218004X', '13800000005');
const WU = person('吴强', '440303198309260016', '13800000006', 'carrier-differs');
const SIMA = person('司马相如', '500103197408070016', '13800000013');
const SHEN = person('沈岱青', '330100197905125021', '19055500120');
const ZHUOMA = person('卓玛', '540102198708210020', '13800000014');

const PEOPLE: readonly PersonEntry[] = [
  ZHANG_SAN,
  person('潜治文', '430100201510111541', '16049793435'),
  LI_NA,
  OUYANG,
  ABDULLA,
  person('赵𬎆', '350203199307280029', '13800000004'),
  ZHOU,
  SIMA,
  ZHUOMA,
  // Bears the name of a legal representative without being that person.
  person('张三', '110108198604120037', '13800000016'),
  person('高远', '110108198604120010', undefined),
  WU,
  person('郑浩', '420106197601140038', '13800000007', 'name-differs'),
  person('王丽', '120101198109250026', '13800000008', 'carrier-down'),
  person('冯磊', '370202198403170017', '13800000009', 'source-down'),
  person('陈桂英', '320504199106300027', '13800000010', 'deceased'),
  person('孙伟', '610103199805090015', '13800000011', 'mobile-cancelled'),
  person('林芳', '210102199006110023', '13800000012', 'id-cancelled'),
  person('何静', '440106199105120014', '13800000017', 'card-differs'),
  person('罗刚', '510104198609230023', '13800000018', 'card-frozen'),
  person('唐敏', '320102199507040030', '13800000019', 'bank-down'),
  person('韩小雪', '320106199203150041', '13800000020', 'face-differs'),
];

/** The parties of the sample lease. */
const LEASE_PARTIES: readonly RegistryEntry[] = [
  SHEN,
  person('林知遥', '330100199203155129', '19055500121'),
  person('周予安', '330100199008275045', '19055500122'),
  company('杭州栖云住房租赁有限公司', '91330100MA9QY0T6C9', SHEN),
];

const COMPANIES: readonly CompanyEntry[] = [
  company('北京示例科技有限公司', '91110105MA01D00006', ZHANG_SAN),
  company('上海样章贸易有限公司', '91310000MA1FL0001R', LI_NA),
  company('云上书社', '91330106MA2H00002H', OUYANG),
  company(
    '新疆维吾尔自治区乌鲁木齐市高新技术产业开发区丝绸路国际物流供应链管理股份有限公司',
    '91610131MA6T000073',
    ABDULLA,
  ),
  company('示例（天津）融资租赁有限公司', '91120116MA0600011L', LI_NA),
  company('老张面馆', '110105000012345', ZHANG_SAN),
  company('成都偏差餐饮管理有限公司', '91510100MA6C000042', SIMA, 'abnormal'),
  company('深圳停摆实业有限公司', '91440300MA5F00003G', WU, 'revoked'),
  company('大连散场文化传播有限公司', '91210102MA0U000127', LI_NA, 'deregistered'),
  company('苏州换帅机械有限公司', '91320594MA1X00005J', ZHOU, 'representative-differs'),
  company('青岛简档工贸有限公司', '91370202MA3C000089', ZHUOMA, 'record-only'),
  company('武汉离线数据有限公司', '91420100MA4K00006B', LI_NA, 'source-down'),
];

export const BUILT_IN: readonly RegistryEntry[] = [...PEOPLE, ...COMPANIES, ...LEASE_PARTIES];
