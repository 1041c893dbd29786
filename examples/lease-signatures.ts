/** The signature page of the sample lease. */
import type { Faces } from './lease-pages.ts';
import { GUARANTOR, LESSOR, type Party, TENANT } from './lease-text.ts';
import { COLUMN, type Flow, MARGIN, PAGE, rule, writeParagraph, writeText } from './typesetting.ts';

/** The centre of a seal, in points from the lower left of the page. */
export interface SealPlace {
  readonly role: string;
  readonly page: number;
  readonly x: number;
  readonly y: number;
}

const BLOCK_HEIGHT = 196;
const LABEL_X = 322;
const SEAL_X = 452;
const SEAL_BELOW_TOP = 84;

export function writeSignatures(flow: Flow, faces: Faces): SealPlace[] {
  const intro = '（以下无正文，为《房屋租赁合同》签署页。三方确认已经阅读并同意本合同正文及附件。）';
  writeParagraph(flow, intro, { font: faces.text, size: 10.5, leading: 19, after: 8 });
  const top = flow.y;
  const blocks = [
    [LESSOR, '甲方（盖章）：'],
    [TENANT, '乙方（签字）：'],
    [GUARANTOR, '丙方（签字）：'],
  ] as const;

  return blocks.map(([party, label], i) => writeBlock(flow, faces, { party, label, top: top - i * BLOCK_HEIGHT }));
}

function writeBlock(flow: Flow, faces: Faces, block: { party: Party; label: string; top: number }): SealPlace {
  const { party, label, top } = block;
  const { page } = flow;
  const line = (text: string, x: number, y: number): void =>
    writeText(page, text, { x, y, font: faces.text, size: 10.5 });
  rule(page, MARGIN.left, top, COLUMN);
  writeText(page, party.role, { x: MARGIN.left, y: top - 24, font: faces.heading, size: 11.5 });

  const facts = [['名称/姓名', party.name] as const, ...party.facts];
  facts.forEach(([name, value], i) => {
    const y = top - 54 - i * 25;
    writeText(page, name, { x: MARGIN.left, y, font: faces.text, size: 9.5, gray: true });
    line(value, MARGIN.left + 88, y);
  });

  line(label, LABEL_X, top - 24);
  line('签署日期：          年      月      日', LABEL_X, top - BLOCK_HEIGHT + 18);
  return {
    role: party.role,
    page: flow.pageNumber,
    x: SEAL_X,
    y: Math.round(Math.min(top, PAGE.height) - SEAL_BELOW_TOP),
  };
}
