/** `npm run demo`: a company and two people sign a lease, through the SDK and real HTTP, from nothing to a verified PDF. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSignetClient } from '@signet/sdk';
import { type Accounts, startLease, untilFinished, untilSigned } from './contract.ts';
import { type Installation, openInstallation } from './installation.ts';
import { GUARANTOR, type Individual, LANDLORD, REPRESENTATIVE, TENANT } from './lease.ts';
import { askPdfsig } from './outside-check.ts';
import { certifyPerson, createLandlord, createPerson, type Story } from './people.ts';
import { createTerminal, type Terminal } from './terminal.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LEASE = join(ROOT, 'examples', 'lease-contract.zh.pdf');
const OUTPUT = join(ROOT, 'demo-out', 'lease-contract.signed.pdf');
const PARTIES = 3;

/** Answers whether every check of the signed file held. */
async function tellStory({ url, appKey, appSecret }: Installation, terminal: Terminal): Promise<boolean> {
  const client = createSignetClient({ baseUrl: url, appKey, appSecret });
  const story: Story = { client, terminal, run: `demo-${Date.now().toString(36)}` };

  const accounts = await registerParties(story);
  const contractId = await prepareLease(story, accounts);
  await signLease(story, contractId, accounts);
  const signed = await downloadLease(story, contractId);
  return verify(story, signed);
}

async function registerParties(story: Story): Promise<Accounts> {
  const register = async (person: Individual): Promise<string> => {
    story.terminal.step(`${person.role} ${person.psnName} 实名认证`);
    return createPerson(story, person, await certifyPerson(story, person));
  };
  const tenant = await register(TENANT);
  const guarantor = await register(GUARANTOR);

  story.terminal.step(`${LANDLORD.role} ${LANDLORD.corpName} 经${REPRESENTATIVE.role} ${REPRESENTATIVE.psnName} 认证`);
  const landlord = await createLandlord(story, await certifyPerson(story, REPRESENTATIVE));
  return { landlord, tenant, guarantor };
}

async function prepareLease(story: Story, accounts: Accounts): Promise<string> {
  const { client, terminal } = story;
  terminal.step('上传合同文件');
  const file = await client.files.upload({ file: readFileSync(LEASE), fileName: '房屋租赁合同.pdf' });
  terminal.detail(`${file.fileName}，${file.pageCount} 页，${Math.round(file.fileSize / 1024)} KB，${file.fileCode}`);

  terminal.step(`${LANDLORD.corpName} 授权本应用静默使用公章`);
  const grant = await client.sandbox.grantSeal({ accountId: accounts.landlord });
  terminal.detail(`授权码 ${grant.authorizeCode}`);

  terminal.step('发起合同');
  return startLease(story, accounts, { fileCode: file.fileCode, authorizeCode: grant.authorizeCode });
}

async function signLease(story: Story, contractId: string, { landlord, tenant, guarantor }: Accounts): Promise<void> {
  const { client, terminal } = story;
  terminal.step('三方签署');
  terminal.detail(`甲方 ${LANDLORD.corpName} 静默签署，${await untilSigned(story, contractId, landlord)}`);

  const signing = [tenant, guarantor].map((accountId) => client.sandbox.sign({ contractId, accountId }));
  await Promise.all(signing);
  terminal.detail(`乙方 ${TENANT.psnName} 与丙方 ${GUARANTOR.psnName} 同时签署`);
  terminal.detail(`合同完成，${await untilFinished(story, contractId)}`);
}

async function downloadLease({ client, terminal }: Story, contractId: string): Promise<Uint8Array> {
  terminal.step('下载签署后的合同');
  const { docs } = await client.contracts.download({ contractId });
  const [doc] = docs;
  if (!doc) throw new Error('合同没有文件');
  const signed = await client.fetchFile(doc.fileUrl);
  mkdirSync(join(OUTPUT, '..'), { recursive: true });
  writeFileSync(OUTPUT, signed);
  terminal.detail(`${OUTPUT}，${Math.round(signed.length / 1024)} KB，SHA-256 ${doc.sha256}`);
  return signed;
}

async function verify({ client, terminal }: Story, signed: Uint8Array): Promise<boolean> {
  terminal.step('验签');
  const report = await client.files.verify({ file: signed });
  for (const { signer, time, level } of report.signatures) {
    terminal.detail(`${signer}，${time}，PAdES ${level}`);
  }
  for (const problem of report.problems) terminal.detail(`问题：${problem}`);
  terminal.detail(report.valid ? '平台验签：全部签名有效，文件未被篡改' : '平台验签：未通过');

  const opinion = askPdfsig(OUTPUT);
  if (!opinion) terminal.detail('未安装 pdfsig（poppler-utils），略过第三方验签');
  const outside = opinion?.signatures ?? [];
  const agreed = outside.filter(({ valid }) => valid).length;
  const covered = outside.some(({ total }) => total);
  if (opinion)
    terminal.detail(`pdfsig：${agreed}/${outside.length} 个签名有效，${covered ? '最后一个覆盖全文' : '无一覆盖全文'}`);
  const outsideHolds = !opinion || (agreed === PARTIES && outside.length === PARTIES && covered);
  return report.valid && report.signatures.length === PARTIES && outsideHolds;
}

const terminal = createTerminal();
terminal.done('Signet 演示：一份三方房屋租赁合同，从实名认证到验签。人物、企业与证件号均为虚构，证书不具法律效力。');
const installation = await openInstallation(process.env);
terminal.detail(`平台 ${installation.url}`);
try {
  const holds = await tellStory(installation, terminal);
  terminal.done(holds ? `完成。签署后的合同：${OUTPUT}` : '验签未通过。');
  process.exitCode = holds ? 0 : 1;
} finally {
  await installation.stop();
}
