/** 实名认证 as an application does it: check the facts, prove the phone, create the user. */
import type { SignetClient } from '@signet/sdk';
import { type Individual, LANDLORD, REPRESENTATIVE } from './lease.ts';
import type { Terminal } from './terminal.ts';

export interface Story {
  readonly client: SignetClient;
  readonly terminal: Terminal;
  /** Keeps the accounts of several runs apart. */
  readonly run: string;
}

const RESIDENT_ID = 'CRED_PSN_CH_IDCARD';

/** 运营商三要素 + 短信: the shortest compliant personal flow. Answers its flowNo. */
export async function certifyPerson({ client, terminal }: Story, person: Individual): Promise<string> {
  const { psnName, psnIDCardNum, psnMobile } = person;
  const check = await client.verification.checkPersonCarrier({
    psnName,
    psnIDCardType: RESIDENT_ID,
    psnIDCardNum,
    psnMobile,
  });
  mustPass(`${psnName} 的三要素核验`, check.verifyStatus);
  terminal.detail(`三要素（姓名、身份证号、手机号）一致，认证流水号 ${check.flowNo}`);

  await client.verification.sendSmsCode({ flowNo: check.flowNo });
  const code = await readCode(client, psnMobile);
  const answer = await client.verification.verifySmsCode({ flowNo: check.flowNo, code });
  mustPass(`${psnName} 的短信验证码`, answer.verifyStatus);
  terminal.detail(`短信验证码 ${code} 校验通过`);
  return check.flowNo;
}

export async function createPerson(story: Story, person: Individual, flowNo: string): Promise<string> {
  const accountId = `${story.run}-${person.psnIDCardNum.slice(-4)}`;
  const user = await story.client.persons.create({ accountId, informPhone: person.psnMobile, flowNo });
  story.terminal.detail(`已创建个人用户 ${accountId}，默认名章 ${user.sealId}`);
  return accountId;
}

/** The company by its four facts, under the compliant flow of its legal representative. */
export async function createLandlord(story: Story, representativeFlowNo: string): Promise<string> {
  const { client, terminal, run } = story;
  const { role: _, ...facts } = LANDLORD;
  const check = await client.verification.checkCompanyRepresentative({
    ...facts,
    legalRepName: REPRESENTATIVE.psnName,
    legalRepIDCardType: RESIDENT_ID,
    legalRepIDCardNum: REPRESENTATIVE.psnIDCardNum,
    flowNo: representativeFlowNo,
  });
  mustPass('企业四要素核验', check.verifyStatus);
  terminal.detail('四要素（名称、信用代码、法定代表人姓名与证件号）一致，经办人即法定代表人');

  const accountId = `${run}-landlord`;
  const user = await client.companies.create({
    accountId,
    informPhone: REPRESENTATIVE.psnMobile,
    flowNo: check.flowNo,
  });
  terminal.detail(`已创建企业用户 ${accountId}，默认公章 ${user.sealId}`);
  return accountId;
}

/** In the sandbox no phone rings: the platform keeps what it would have sent. */
async function readCode(client: SignetClient, phone: string): Promise<string> {
  const { list } = await client.sandbox.messages({ phone });
  const code = list.find((message) => message.code !== null)?.code;
  if (!code) throw new Error(`no code was sent to ${phone}`);
  return code;
}

function mustPass(what: string, verifyStatus: string): void {
  if (verifyStatus !== 'passed') throw new Error(`${what}：${verifyStatus}`);
}
