/** Makes the two pages that the first page of a sandbox offers for signing: `npx tsx examples/make-trial-agreement.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type EmbeddedFont, PDF } from '@libpdf/core';
import { COLUMN, type Flow, MARGIN, rule, startFlow, turnPage, writeParagraph, writeText } from './typesetting.ts';

const require = createRequire(import.meta.url);
const OUTPUT = new URL('../apps/server/assets/trial-agreement.zh.pdf', import.meta.url);
const MADE_AT = new Date('2026-11-24T09:30:00+08:00');

const ARTICLES: readonly (readonly [string, readonly string[]])[] = [
  [
    '第一条  体验内容',
    [
      '乙方在自己的手机或电脑上阅读本协议，同意使用电子签名，选择印章或手写签名，并以短信验证码确认本人签署意愿；甲方随后以其企业公章自动签署。',
      '双方签署完成后，任何一方均可下载本协议，并使用任意支持 PDF 签名的阅读器独立验证。',
    ],
  ],
  [
    '第二条  签名如何形成',
    [
      '每一签署方使用属于自己的数字证书签署，签名以增量方式写入文件，先前的内容与签名不被改动；每个签名均附有可信时间戳。',
      '签署过程中的每一步，包括打开链接、同意条款、发送并核对验证码、形成签名，均记入前后哈希相连的存证链。',
    ],
  ],
  [
    '第三条  个人信息',
    [
      '本协议所用姓名、证件号码与手机号码均为沙箱数据，短信不会发出，其内容直接显示在页面上。所有数据仅保存在运行本系统的计算机内。',
    ],
  ],
  [
    '第四条  法律效力',
    ['本协议在沙箱环境中签署，所用证书由沙箱证书机构签发，仅供体验，不具有法律效力，双方不因本协议承担任何权利义务。'],
  ],
  ['第五条  其他', ['本协议自双方签署之时成立。乙方可以随时拒绝签署，拒绝无须说明理由以外的任何条件。']],
];

interface Faces {
  readonly text: EmbeddedFont;
  readonly heading: EmbeddedFont;
}

function writeAgreement(flow: Flow, { text, heading }: Faces): void {
  const body = { font: text, size: 11.5, leading: 22, firstIndent: 23 };
  writeParagraph(flow, '电子签署体验协议', { font: heading, size: 21, leading: 32, align: 'center', after: 4 });
  writeParagraph(flow, '沙箱示例 · 无法律效力', { font: text, size: 10, leading: 18, align: 'center', after: 18 });
  writeParagraph(flow, '甲方：签印示例科技有限公司', { ...body, firstIndent: 0 });
  writeParagraph(flow, '乙方：体验人', { ...body, firstIndent: 0, after: 10 });
  writeParagraph(flow, '甲乙双方为体验电子合同的签署过程，订立本协议，条款如下。', { ...body, after: 6 });
  for (const [title, paragraphs] of ARTICLES) {
    writeParagraph(flow, title, { font: heading, size: 12.5, leading: 24, before: 8 });
    for (const paragraph of paragraphs) writeParagraph(flow, paragraph, body);
  }
}

function writeSignaturePage(flow: Flow, { text, heading }: Faces): void {
  turnPage(flow);
  writeParagraph(flow, '（本页无正文，为《电子签署体验协议》签署页）', {
    font: text,
    size: 11,
    leading: 22,
    after: 14,
  });
  const top = flow.y;
  for (const [i, [role, name, label]] of [
    ['甲方', '签印示例科技有限公司', '（盖章）'],
    ['乙方', '体验人', '（签字）'],
  ].entries()) {
    const y = top - i * 220;
    rule(flow.page, MARGIN.left, y, COLUMN);
    writeText(flow.page, `${role}${label}`, { x: MARGIN.left, y: y - 30, font: heading, size: 12.5 });
    writeText(flow.page, name ?? '', { x: MARGIN.left, y: y - 58, font: text, size: 11.5 });
    writeText(flow.page, '签署日期以签名所附时间戳为准', {
      x: MARGIN.left,
      y: y - 84,
      font: text,
      size: 9.5,
      gray: true,
    });
    process.stdout.write(`page ${flow.pageNumber}: ${role} below y ${Math.round(y)}\n`);
  }
}

const pdf = PDF.create();
pdf.setTitle('电子签署体验协议', { showInWindowTitleBar: true });
pdf.setLanguage('zh-CN');
pdf.setCreationDate(MADE_AT);
pdf.setModificationDate(MADE_AT);
const embed = async (file: string) => pdf.embedFont(await readFile(require.resolve(`@expo-google-fonts/${file}`)));
const faces: Faces = {
  text: await embed('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  heading: await embed('noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
};
const flow = startFlow(pdf);
writeAgreement(flow, faces);
writeSignaturePage(flow, faces);
const bytes = await pdf.save({ subsetFonts: true });
await writeFile(OUTPUT, bytes);
process.stdout.write(`${flow.pageNumber} pages, ${bytes.length} bytes\n`);
