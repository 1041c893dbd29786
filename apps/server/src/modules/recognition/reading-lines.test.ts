import type { ReadLine } from './ports.ts';
import { printed } from './testing/printed-lines.ts';
import { describeCardReader, type Scene, sceneIn } from './testing/reader-contract.ts';

const LINES: Readonly<Record<Scene, readonly ReadLine[]>> = {
  'id-card-front': [
    ...[printed('姓名', 60, 60), printed('张三', 160, 60), printed('性别男', 60, 130), printed('民族汉', 260, 130)],
    ...[printed('出生', 60, 200), printed('1990年3月7日', 160, 200), printed('住址', 60, 270)],
    ...[printed('北京市东城区示例路1号', 160, 270), printed('公民身份号码', 60, 470)],
    printed('110101199003078857', 300, 470),
  ],
  'id-card-back': [
    ...[printed('居民身份证', 200, 60), printed('签发机关', 60, 200), printed('北京市公安局东城分局', 260, 200)],
    ...[printed('有效期限', 60, 270), printed('2016.03.07-2036.03.07', 260, 270)],
  ],
  'business-license': [
    ...[printed('营业执照', 300, 40), printed('统一社会信用代码', 60, 110), printed('91110105MA01D00006', 360, 110)],
    ...[printed('名称', 60, 180), printed('北京示例科技有限公司', 260, 180), printed('类型', 60, 250)],
    ...[printed('有限责任公司', 260, 250), printed('法定代表人', 60, 320), printed('张三', 260, 320)],
    ...[printed('成立日期', 60, 390), printed('2020年02月24日', 260, 390)],
    ...[printed('营业期限', 60, 460), printed('长期', 260, 460)],
  ],
  'bank-card': [
    ...[printed('中国工商银行', 60, 40), printed('借记卡', 400, 40), printed('6222020200000000014', 60, 160)],
    printed('07/33', 300, 240),
  ],
  'wrong-number': [printed('公民身份号码', 60, 60), printed('110101199003078850', 300, 60)],
  blank: [],
};

describeCardReader('that finds text', async () => ({
  reader: {
    isInstalled: () => true,
    read: async (picture) => ({ lines: LINES[(await sceneIn(picture)) ?? 'blank'] }),
    close: async () => undefined,
  },
  close: async () => undefined,
}));
