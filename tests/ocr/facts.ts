/** People, companies and cards that do not exist, with numbers whose checksums hold. */
import { creditCodeCheckDigit, residentIdCheckDigit } from '../../packages/protocol/src/identifiers.ts';
import type { Random } from './random.ts';

export interface IdCardFront {
  readonly kind: 'id-front';
  readonly name: string;
  readonly sex: '男' | '女';
  readonly nation: string;
  readonly birth: string;
  readonly address: string;
  readonly idNumber: string;
}

export interface IdCardBack {
  readonly kind: 'id-back';
  readonly authority: string;
  readonly validDate: string;
}

export interface License {
  readonly kind: 'license';
  readonly name: string;
  readonly creditCode: string;
  readonly legalRepresentative: string;
  readonly companyType: string;
  readonly address: string;
  readonly registeredCapital: string;
  readonly establishedOn: string;
  readonly term: string;
  /** Newer licences have no term. */
  readonly showsTerm: boolean;
  readonly scope: string;
}

export interface BankCard {
  readonly kind: 'bank-card';
  readonly cardNumber: string;
  readonly bankName: string;
  readonly cardType: '借记卡' | '信用卡';
  readonly validDate: string;
}

export type Facts = IdCardFront | IdCardBack | License | BankCard;

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤';
const GIVEN =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红志建国文斌宇浩然子轩梓涵欣怡诗雨晨曦思远嘉豪俊熙雅婷晓东海燕春梅';
const RARE =
  '喆堃燚昱懿骁嫚珺婧烨玥琰祎瑄晗钰鑫淼焱犇鱻颢翾璟雯瀚彧彤旸甯皓睿祐祯箐羿翎耘聿芃菁葳蓓蔺逯邈钊铖锴闳陟隗隽霁霖靓韬颉馗骅鲲鸢黛齐';
const COMPOUND = ['欧阳', '司马', '上官', '诸葛', '皇甫', '尉迟', '慕容', '司徒'] as const;
const MINORITY = [
  ['阿依古丽·买买提', '维吾尔'],
  ['买买提江·吐尔逊', '维吾尔'],
  ['迪丽热巴·迪力木拉提', '维吾尔'],
  ['古丽娜扎尔·拜合提亚尔', '维吾尔'],
  ['努尔兰·阿不都满金', '哈萨克'],
  ['叶尔江·哈力木拉提', '哈萨克'],
  ['次仁央宗', '藏'],
  ['扎西多吉', '藏'],
  ['乌云其木格', '蒙古'],
  ['苏日娜', '蒙古'],
] as const;
const NATIONS = [
  '满',
  '回',
  '壮',
  '苗',
  '土家',
  '彝',
  '布依',
  '朝鲜',
  '侗',
  '瑶',
  '白',
  '傣',
  '纳西',
  '达斡尔',
] as const;
const PLACES = [
  ['110108', '北京市海淀区', '北京市公安局海淀分局'],
  ['310115', '上海市浦东新区', '上海市公安局浦东分局'],
  ['440305', '广东省深圳市南山区', '深圳市公安局南山分局'],
  ['330106', '浙江省杭州市西湖区', '杭州市公安局西湖分局'],
  ['510107', '四川省成都市武侯区', '成都市公安局武侯区分局'],
  ['420111', '湖北省武汉市洪山区', '武汉市公安局洪山区分局'],
  ['610113', '陕西省西安市雁塔区', '西安市公安局雁塔分局'],
  ['370202', '山东省青岛市市南区', '青岛市公安局市南分局'],
  ['650104', '新疆维吾尔自治区乌鲁木齐市新市区', '乌鲁木齐市公安局新市区分局'],
  ['150102', '内蒙古自治区呼和浩特市新城区', '呼和浩特市公安局新城区分局'],
  ['430725', '湖南省桃源县', '桃源县公安局'],
  ['532901', '云南省大理白族自治州大理市', '大理市公安局'],
] as const;
const ROADS = [
  '人民路',
  '解放大道',
  '中山北路',
  '科苑南路',
  '文三西路',
  '天府三街',
  '珞喻路',
  '小寨东路',
  '香港中路',
  '青年街',
] as const;

export function makeIdCardFront(random: Random): IdCardFront {
  const [area, place] = random.pick(PLACES);
  const [year, month, day] = [random.integer(1945, 2008), random.integer(1, 12), random.integer(1, 28)];
  const sequence = random.integer(1, 998);
  const body = `${area}${year}${pad(month)}${pad(day)}${String(sequence).padStart(3, '0')}`;
  const person = makePerson(random);
  return {
    ...{ kind: 'id-front', ...person, sex: sequence % 2 === 1 ? '男' : '女' },
    birth: `${year}-${pad(month)}-${pad(day)}`,
    address: `${place}${makeStreet(random)}`,
    idNumber: body + residentIdCheckDigit(body),
  };
}

function makePerson(random: Random): { name: string; nation: string } {
  if (random.chance(0.12)) {
    const [name, nation] = random.pick(MINORITY);
    return { name, nation };
  }
  const surname = random.chance(0.05) ? random.pick(COMPOUND) : random.pick([...SURNAMES]);
  const letter = (): string => random.pick([...(random.chance(0.1) ? RARE : GIVEN)]);
  const given = random.chance(0.25) ? letter() : letter() + letter();
  return { name: surname + given, nation: random.chance(0.75) ? '汉' : random.pick(NATIONS) };
}

function makeStreet(random: Random): string {
  const number = `${random.pick(ROADS)}${random.integer(1, 1999)}号`;
  if (random.chance(0.3)) return number;
  return `${number}${random.integer(1, 60)}栋${random.chance(0.5) ? `${random.integer(1, 6)}单元` : ''}${random.integer(101, 3309)}室`;
}

export function makeIdCardBack(random: Random): IdCardBack {
  const [, , authority] = random.pick(PLACES);
  const [year, month, day] = [random.integer(2006, 2024), random.integer(1, 12), random.integer(1, 28)];
  const begin = `${year}.${pad(month)}.${pad(day)}`;
  const years = random.pick([5, 10, 20, 0]);
  const end = years === 0 ? '长期' : `${year + years}.${pad(month)}.${pad(day)}`;
  return { kind: 'id-back', authority, validDate: `${begin}-${end}` };
}

const TRADES = [
  [
    '网络科技',
    '一般项目：技术服务、技术开发、技术咨询、技术转让；软件开发；信息系统集成服务；计算机软硬件及辅助设备批发',
  ],
  ['供应链管理', '许可项目：道路货物运输；食品销售。一般项目：供应链管理服务；国内货物运输代理；普通货物仓储服务'],
  ['建筑工程', '许可项目：建设工程施工；建设工程设计。一般项目：园林绿化工程施工；建筑材料销售；机械设备租赁'],
  ['文化传媒', '一般项目：组织文化艺术交流活动；广告设计、代理；会议及展览服务；市场营销策划；摄影扩印服务'],
  ['医疗器械', '许可项目：第三类医疗器械经营。一般项目：第二类医疗器械销售；卫生用品和一次性使用医疗用品销售'],
  ['餐饮管理', '许可项目：餐饮服务；酒类经营。一般项目：餐饮管理；食品进出口；日用百货销售；礼仪服务'],
] as const;
const COMPANY_FORMS = [
  ['有限公司', '有限责任公司(自然人投资或控股)'],
  ['有限责任公司', '有限责任公司(自然人独资)'],
  ['股份有限公司', '其他股份有限公司(非上市)'],
  ['有限公司', '有限责任公司(法人独资)'],
] as const;
const BRANDS = '恒瑞华泰鼎盛博远星辰云帆嘉禾润丰启明德信宏图佳美天成万象安邦智联众合';
const CAPITALS = [
  '壹佰万元整',
  '伍佰万元整',
  '壹仟万元整',
  '叁仟万元整',
  '伍仟万元整',
  '1000万人民币',
  '贰佰万元人民币',
] as const;
const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export function makeLicense(random: Random): License {
  const [area, place] = random.pick(PLACES);
  const [trade, scope] = random.pick(TRADES);
  const [form, companyType] = random.pick(COMPANY_FORMS);
  const brand = random.pick([...BRANDS]) + random.pick([...BRANDS]);
  const body = `91${area}${'MA'}${Array.from({ length: 7 }, () => random.pick([...CREDIT])).join('')}`;
  const [year, month, day] = [random.integer(1996, 2024), random.integer(1, 12), random.integer(1, 28)];
  const city = /(?:省|区)?([^省区]{2,6}?)(?:市|县|白族)/.exec(place)?.[1] ?? '中国';
  return {
    ...{ kind: 'license', companyType, scope, creditCode: body + creditCodeCheckDigit(body) },
    name: `${city}${brand}${trade}${form}`,
    legalRepresentative: makePerson(random).name,
    address: `${place}${makeStreet(random)}`,
    registeredCapital: random.pick(CAPITALS),
    establishedOn: `${year}年${pad(month)}月${pad(day)}日`,
    showsTerm: random.chance(0.7),
    term: random.chance(0.5)
      ? '长期'
      : `${year}年${pad(month)}月${pad(day)}日至${year + 20}年${pad(month)}月${pad(day - 1 || 1)}日`,
  };
}

/** Issuer numbers as the banks publish them. */
const CARDS = [
  ['622202', 19, '中国工商银行', '借记卡'],
  ['621226', 19, '中国工商银行', '借记卡'],
  ['622700', 19, '中国建设银行', '借记卡'],
  ['621700', 19, '中国建设银行', '借记卡'],
  ['622848', 19, '中国农业银行', '借记卡'],
  ['621661', 19, '中国银行', '借记卡'],
  ['622260', 19, '交通银行', '借记卡'],
  ['622588', 16, '招商银行', '借记卡'],
  ['621483', 16, '招商银行', '借记卡'],
  ['622568', 19, '广发银行', '借记卡'],
  ['622908', 18, '兴业银行', '借记卡'],
  ['621798', 19, '中国邮政储蓄银行', '借记卡'],
  ['622689', 16, '中信银行', '信用卡'],
  ['622155', 16, '平安银行', '信用卡'],
  ['439225', 16, '招商银行', '信用卡'],
  ['622230', 16, '中国工商银行', '信用卡'],
] as const;

export function makeBankCard(random: Random): BankCard {
  const [issuer, length, bankName, cardType] = random.pick(CARDS);
  const body = issuer + random.digits(length - issuer.length - 1);
  const validDate = random.chance(0.7) ? `${pad(random.integer(1, 12))}/${random.integer(26, 39)}` : '';
  return { kind: 'bank-card', cardNumber: body + luhnDigit(body), bankName, cardType, validDate };
}

function luhnDigit(body: string): string {
  const sum = [...body].toReversed().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
