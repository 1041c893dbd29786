import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { ManualClock } from '../../kernel/testing/manual-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../kernel/testing/test-database.ts';
import { IdentitySourceUnavailable } from '../../modules/identity/index.ts';
import { createSandboxRegistry, RegistryCsvError, type SandboxRegistry } from './index.ts';

let test: TestDatabase;
let registry: SandboxRegistry;
const secretBox = createSecretBox(randomBytes(32));
const clock = new ManualClock(new Date('2026-11-24T10:00:00+08:00'));

beforeAll(async () => {
  test = await createTestDatabase();
  registry = createSandboxRegistry({ database: test.database, secretBox, clock });
});

afterAll(() => test.drop());

const idDocumentType = 'CRED_PSN_CH_IDCARD';
const outcomeOf = ({ outcome, reason }: { outcome: string; reason: string }) => `${outcome}: ${reason}`;
const settle = (finding: Promise<{ outcome: string; reason: string }>) =>
  finding.then(outcomeOf, (error: unknown) =>
    error instanceof IdentitySourceUnavailable ? 'down' : Promise.reject(error),
  );

describe('people of the sandbox registry', () => {
  it.each([
    ['张三', '110101199003078857', '13800000000', 'passed: 一致', 'passed: 一致'],
    ['潜治文', '430100201510111541', '16049793435', 'passed: 一致', 'passed: 一致'],
    ['欧阳建国', '330102199211050039', '13800000002', 'passed: 一致', 'passed: 一致'],
    ['阿卜杜拉·买买提', '65010219951203001X', '13800000003', 'passed: 一致', 'passed: 一致'],
    ['阿卜杜拉•买买提', '65010219951203001x', '13800000003', 'passed: 一致', 'passed: 一致'],
    ['赵𬎆', '350203199307280029', '13800000004', 'passed: 一致', 'passed: 一致'],
    ['周小燕', '51010719790218004x', '13800000005', 'passed: 一致', 'passed: 一致'],
    ['张三', '110108198604120037', '13800000016', 'passed: 一致', 'passed: 一致'],
    ['高远', '110108198604120010', '13800000099', 'passed: 一致', 'un_passed: 手机号未查得'],
    ['吴强', '440303198309260016', '13800000006', 'passed: 一致', 'un_passed: 手机号的实名信息与本人不一致'],
    ['张三', '110101199003078857', '13800000001', 'passed: 一致', 'un_passed: 手机号的实名信息与本人不一致'],
    ['孙伟', '610103199805090015', '13800000011', 'passed: 一致', 'un_passed: 手机号已销号'],
    ['王丽', '120101198109250026', '13800000008', 'passed: 一致', 'down'],
    ['冯磊', '370202198403170017', '13800000009', 'down', 'down'],
    ['郑浩', '420106197601140038', '13800000007', 'un_passed: 姓名与证件号不一致', 'un_passed: 姓名与证件号不一致'],
    ['张四', '110101199003078857', '13800000000', 'un_passed: 姓名与证件号不一致', 'un_passed: 姓名与证件号不一致'],
    [
      '陈桂英',
      '320504199106300027',
      '13800000010',
      'un_passed: 证件状态异常:死亡注销',
      'un_passed: 证件状态异常:死亡注销',
    ],
    [
      '林芳',
      '210102199006110023',
      '13800000012',
      'un_passed: 证件状态异常:证件号已注销',
      'un_passed: 证件状态异常:证件号已注销',
    ],
    ['无名氏', '110108198604120088', '13800000000', 'un_passed: 未查得', 'un_passed: 未查得'],
  ])('%s %s %s: 2element %s, 3element %s', async (...[name, idNumber, mobile, nameAndId, carrier]) => {
    expect(await settle(registry.checkNameAndId({ name, idDocumentType, idNumber }))).toBe(nameAndId);
    expect(await settle(registry.checkCarrier({ name, idDocumentType, idNumber, mobile }))).toBe(carrier);
  });
});

describe('companies of the sandbox registry', () => {
  const zhang = ['张三', '110101199003078857'] as const;
  const liNa = ['李娜', '310101198804120026'] as const;

  it.each([
    ['北京示例科技有限公司', '91110105MA01D00006', ...zhang, 'passed: 一致', 'passed: 一致'],
    ['云上书社', '91330106MA2H00002H', '欧阳建国', '330102199211050039', 'passed: 一致', 'passed: 一致'],
    ['示例(天津)融资租赁有限公司', '91120116MA0600011L', ...liNa, 'passed: 一致', 'passed: 一致'],
    ['老张面馆', '110105000012345', ...zhang, 'passed: 一致', 'passed: 一致'],
    [
      '成都偏差餐饮管理有限公司',
      '91510100MA6C000042',
      '司马相如',
      '500103197408070016',
      'passed: 一致,企业已列入经营异常名录',
      'passed: 一致,企业已列入经营异常名录',
    ],
    [
      '青岛简档工贸有限公司',
      '91370202MA3C000089',
      '卓玛',
      '540102198708210020',
      'passed: 一致',
      'un_passed: 法定代表人证件号未查得',
    ],
    [
      '北京示例科技有限公司',
      '91110105MA01D00006',
      '张三',
      '110108198604120037',
      'passed: 一致',
      'un_passed: 法定代表人证件号不一致',
    ],
    [
      '北京示例科技有限公司',
      '91110105MA01D00006',
      ...liNa,
      'un_passed: 法定代表人姓名不一致',
      'un_passed: 法定代表人姓名不一致',
    ],
    [
      '南京示例科技有限公司',
      '91110105MA01D00006',
      ...zhang,
      'un_passed: 企业名称与证件号不一致',
      'un_passed: 企业名称与证件号不一致',
    ],
    [
      '苏州换帅机械有限公司',
      '91320594MA1X00005J',
      '周小燕',
      '51010719790218004X',
      'un_passed: 法定代表人姓名不一致',
      'un_passed: 法定代表人姓名不一致',
    ],
    [
      '深圳停摆实业有限公司',
      '91440300MA5F00003G',
      '吴强',
      '440303198309260016',
      'un_passed: 企业已吊销',
      'un_passed: 企业已吊销',
    ],
    ['大连散场文化传播有限公司', '91210102MA0U000127', ...liNa, 'un_passed: 企业已注销', 'un_passed: 企业已注销'],
    ['武汉离线数据有限公司', '91420100MA4K00006B', ...liNa, 'down', 'down'],
    ['查无此司', '91350203MA2Y00009T', ...zhang, 'un_passed: 未查得', 'un_passed: 未查得'],
  ])(
    '%s %s, %s %s: 3element %s, 4element %s',
    async (...[name, idNumber, representativeName, representativeIdNumber, record, number]) => {
      const question = { name, idDocumentType: 'CRED_ORG_USCC', idNumber, representativeName };
      expect(await settle(registry.checkCompanyRecord(question))).toBe(record);
      expect(await settle(registry.checkCompanyRepresentative({ ...question, representativeIdNumber }))).toBe(number);
    },
  );
});

describe('the list of the registry', () => {
  it('pages through everybody and finds by any fact', async () => {
    const all = await registry.list({ pageNumber: 1, pageSize: 100 });
    expect(all.total).toBe(all.list.length);
    const second = await registry.list({ pageNumber: 2, pageSize: 7 });
    expect(second.list).toEqual(all.list.slice(7, 14));

    const byNumber = await registry.list({ keyword: '91370202', pageNumber: 1, pageSize: 10 });
    expect(byNumber.list).toMatchObject([
      {
        kind: 'company',
        verdicts: { companyRecordCheck: { outcome: 'passed' }, companyRepresentativeCheck: { outcome: 'un_passed' } },
      },
    ]);
    expect((await registry.list({ keyword: '(天津)', pageNumber: 1, pageSize: 10 })).total).toBe(1);
  });

  it('promises what the checks then say', async () => {
    const { list } = await registry.list({ pageNumber: 1, pageSize: 100 });
    for (const listed of list) {
      const promised = Object.values(listed.verdicts).map((v) => (v.outcome === 'unavailable' ? 'down' : outcomeOf(v)));
      if (listed.kind === 'person') {
        const { facts, mobile = '13800000099' } = listed;
        expect([
          await settle(registry.checkNameAndId(facts)),
          await settle(registry.checkCarrier({ ...facts, mobile })),
          await settle(registry.checkBankCard({ ...facts, mobile, bankCardNumber: listed.bankCardNumber ?? '' })),
        ]).toEqual(promised);
      }
      if (listed.kind === 'company') {
        const { legalRepresentative, ...record } = listed.facts;
        const question = { ...record, representativeName: legalRepresentative.name };
        const representativeIdNumber = legalRepresentative.idNumber ?? '';
        expect([
          await settle(registry.checkCompanyRecord(question)),
          await settle(registry.checkCompanyRepresentative({ ...question, representativeIdNumber })),
        ]).toEqual(promised);
      }
    }
  });
});

describe("an operator's CSV", () => {
  const HEADER = 'kind,name,idNumber,mobile,representativeName,representativeIdNumber,behaviour';

  it('adds and replaces entries, for all servers, sealed', async () => {
    const lines = ['person,秦始,11010819860412007X,13900000001,,,', 'person,张三,110101199003078857,,,,deceased'];
    expect(await registry.importCsv([HEADER, ...lines].join('\n'))).toEqual({ loaded: 2 });
    expect(await registry.importCsv([HEADER, lines[0]].join('\n'))).toEqual({ loaded: 1 });

    const other = createSandboxRegistry({ database: test.connect(), secretBox, clock });
    const facts = { name: '秦始', idDocumentType, idNumber: '11010819860412007x' };
    expect(await settle(other.checkCarrier({ ...facts, mobile: '13900000001' }))).toBe('passed: 一致');
    const zhang = { name: '张三', idDocumentType, idNumber: '110101199003078857' };
    expect(await settle(other.checkNameAndId(zhang))).toBe('un_passed: 证件状态异常:死亡注销');
    expect((await other.list({ keyword: '110101199003078857', pageNumber: 1, pageSize: 9 })).list).toMatchObject([
      { kind: 'person', verdicts: { nameAndIdCheck: { outcome: 'un_passed' } } },
      { kind: 'company' },
      { kind: 'company' },
    ]);

    const { rows } = await test.database.db.execute(sql`select encode(sealed, 'escape') from sandbox_registry_entries`);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/110108|13900000001|秦始/);
  });

  it('loads nothing of a file with a wrong line', async () => {
    const before = await registry.list({ pageNumber: 1, pageSize: 1 });
    const work = registry.importCsv(`${HEADER}\nperson,韩非,110108198604120088,,,,\nperson,,1,,,,`);

    await expect(work).rejects.toBeInstanceOf(RegistryCsvError);
    expect((await registry.list({ pageNumber: 1, pageSize: 1 })).total).toBe(before.total);
  });
});
