/** The annexes of the sample lease: fees, inventory, house rules. */
import type { Faces } from './lease-pages.ts';
import { HOUSE_RULES } from './lease-text.ts';
import { type Column, type Flow, type Style, turnPage, writeParagraph, writeTable } from './typesetting.ts';

interface AnnexStyles {
  readonly title: Style;
  readonly subtitle: Style;
  readonly text: Style;
  readonly table: { readonly head: Style; readonly body: Style };
}

function stylesOf(faces: Faces): AnnexStyles {
  return {
    title: { font: faces.strong, size: 16, leading: 26, after: 10, align: 'center' },
    subtitle: { font: faces.heading, size: 11.5, leading: 20, before: 10, after: 6, align: 'left' },
    text: { font: faces.text, size: 10.5, leading: 19, firstIndent: 21 },
    table: {
      head: { font: faces.heading, size: 9.5, leading: 14 },
      body: { font: faces.text, size: 9.5, leading: 14 },
    },
  };
}

export function writeAnnexes(flow: Flow, faces: Faces, note: (heading: string) => void): void {
  const styles = stylesOf(faces);
  const annexes = [
    ['附件一  租金及费用明细表', writeFees],
    ['附件二  房屋交付清单', writeInventory],
    ['附件三  居住公约', writeHouseRules],
  ] as const;

  for (const [heading, write] of annexes) {
    turnPage(flow);
    note(heading);
    writeParagraph(flow, heading, styles.title);
    write(flow, styles);
  }
}

const INSTALMENTS = [
  ['1', '2026-12-01 至 2027-02-28', '合同签署后 3 日内', '17,400.00', '首期，另付押金 5,800.00 元'],
  ['2', '2027-03-01 至 2027-05-31', '2027-02-23', '17,400.00', ''],
  ['3', '2027-06-01 至 2027-08-31', '2027-05-26', '17,400.00', ''],
  ['4', '2027-09-01 至 2027-11-30', '2027-08-26', '17,400.00', ''],
  ['5', '2027-12-01 至 2028-02-29', '2027-11-25', '17,922.00', '自本期起月租金 5,974.00 元'],
  ['6', '2028-03-01 至 2028-05-31', '2028-02-24', '17,922.00', ''],
  ['7', '2028-06-01 至 2028-08-31', '2028-05-26', '17,922.00', ''],
  ['8', '2028-09-01 至 2028-11-30', '2028-08-26', '17,922.00', ''],
  ['合计', '24 个月', '', '141,288.00', '不含押金'],
] as const;

const FEES = [
  ['水费', '乙方', '按表计量，居民阶梯水价', '每两月'],
  ['电费', '乙方', '按表计量，居民阶梯电价', '每月'],
  ['燃气费', '乙方', '按表计量，居民阶梯气价', '每两月'],
  ['宽带网络费', '乙方', '套餐 99.00 元/月，可自行选择运营商', '每月'],
  ['有线电视费', '乙方', '14.00 元/月，不开通不收取', '每年'],
  ['物业服务费', '甲方', '2.80 元/平方米/月', '每季'],
  ['地面停车费', '乙方', '按需办理，300.00 元/月', '每月'],
  ['房屋专项维修资金', '甲方', '依照主管部门的规定', '—'],
] as const;

function writeFees(flow: Flow, { subtitle, text, table }: AnnexStyles): void {
  const instalments: Column[] = [
    { title: '期次', width: 40, align: 'center' },
    { title: '租金所属期间', width: 145, align: 'center' },
    { title: '应付日期', width: 92, align: 'center' },
    { title: '应付租金（元）', width: 78, align: 'center' },
    { title: '备注', width: 82.28 },
  ];
  const fees: Column[] = [
    { title: '项目', width: 110 },
    { title: '承担方', width: 60, align: 'center' },
    { title: '标准', width: 197.28 },
    { title: '结算周期', width: 70, align: 'center' },
  ];
  writeParagraph(flow, '一、租金支付计划', subtitle);
  writeTable(flow, instalments, INSTALMENTS, table);
  writeParagraph(flow, '二、其他费用分担', subtitle);
  writeTable(flow, fees, FEES, table);
  writeParagraph(
    flow,
    '说明：应付日期逢法定节假日的，顺延至其后第一个工作日；政府定价的项目在租赁期内调整的，按照调整后的标准执行。',
    { ...text, before: 8 },
  );
}

const METERS = [
  ['水表', 'W-20180633', '1,206 立方米', '电表', 'E-33018822', '8,751 千瓦时'],
  ['燃气表', 'G-18007754', '642 立方米', '钥匙与门禁', '—', '钥匙 3 把，门禁卡 2 张'],
] as const;

const INVENTORY = [
  ['客厅', '布艺沙发（三人位）', '1 套', '良好', '扶手有轻微使用痕迹'],
  ['客厅', '茶几、电视柜', '各 1', '良好', ''],
  ['客厅', '液晶电视 55 英寸', '1 台', '正常', '含遥控器、壁挂架'],
  ['客厅', '柜式空调 2 匹', '1 台', '正常', '2026 年 10 月清洗'],
  ['餐厅', '餐桌及餐椅', '1 桌 4 椅', '良好', ''],
  ['主卧', '双人床 1.8 米及床垫', '1 套', '良好', '床垫为 2026 年新购'],
  ['主卧', '四门衣柜', '1 组', '良好', ''],
  ['主卧', '壁挂空调 1.5 匹', '1 台', '正常', ''],
  ['次卧', '书桌、座椅', '各 1', '良好', '桌面左侧有一处划痕，长约 3 厘米'],
  ['次卧', '单人床 1.2 米及床垫', '1 套', '良好', ''],
  ['次卧', '壁挂空调 1 匹', '1 台', '正常', ''],
  ['厨房', '油烟机、双眼燃气灶', '各 1', '正常', '灶具有熄火保护装置'],
  ['厨房', '对开门冰箱', '1 台', '正常', ''],
  ['卫生间', '滚筒洗衣机 8 公斤', '1 台', '正常', ''],
  ['卫生间', '燃气热水器 13 升', '1 台', '正常', '烟道已经检查'],
  ['阳台', '升降晾衣架', '1 套', '正常', ''],
  ['全屋', '窗帘、灯具', '全套', '良好', ''],
] as const;

function writeInventory(flow: Flow, { subtitle, text, table }: AnnexStyles): void {
  const meters: Column[] = ['名称', '编号', '底数/数量', '名称', '编号', '底数/数量'].map((title, i) => ({
    title,
    width: [58, 70, 80, 68, 70, 91.28][i] ?? 0,
    align: 'center',
  }));
  const inventory: Column[] = [
    { title: '位置', width: 52, align: 'center' },
    { title: '名称与规格', width: 140 },
    { title: '数量', width: 58, align: 'center' },
    { title: '状况', width: 46, align: 'center' },
    { title: '备注', width: 141.28 },
  ];
  writeParagraph(flow, '一、计量表具与钥匙', subtitle);
  writeTable(flow, meters, METERS, table);
  writeParagraph(flow, '二、家具、家电与设施', subtitle);
  writeTable(flow, inventory, INVENTORY, table);
  writeParagraph(flow, '乙方已经当场核对上列物品及其状况，并试用各项电器，无异议。', { ...text, before: 8 });
}

function writeHouseRules(flow: Flow, { subtitle, text }: AnnexStyles): void {
  writeParagraph(flow, '为营造安全、整洁、安静的居住环境，乙方、丙方及其访客应当遵守以下约定：', { ...text, after: 6 });
  HOUSE_RULES.forEach((rule, i) => {
    writeParagraph(flow, `${i + 1}. ${rule}`, { ...text, after: 3 });
  });
  writeParagraph(flow, '紧急联系方式', subtitle);
  const contacts = [
    '物业服务中心（24 小时）：0571-5550 0199；客户管家：0571-5550 0166。',
    '燃气抢修：0571-5550 0911；供水抢修：0571-5550 0922；供电抢修：0571-5550 0933。',
    '火警 119；匪警 110；医疗急救 120。',
  ];
  for (const contact of contacts) {
    writeParagraph(flow, contact, text);
  }
}
