/** Makes examples/lease-contract.zh.pdf: `npx tsx examples/make-lease-contract.ts`. */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDF } from '@libpdf/core';
import { composeLease, type Faces } from './lease-pages.ts';

const require = createRequire(import.meta.url);
const OUTPUT = new URL('lease-contract.zh.pdf', import.meta.url);
const MADE_AT = new Date('2026-11-20T09:30:00+08:00');

async function makeLease(
  pagesOfHeadings: ReadonlyMap<string, number>,
): Promise<{ pdf: PDF; composed: ReturnType<typeof composeLease> }> {
  const pdf = PDF.create();
  pdf.setTitle('房屋租赁合同', { showInWindowTitleBar: true });
  pdf.setAuthor('杭州栖云住房租赁有限公司');
  pdf.setSubject('望江里小区 6 幢 2 单元 1203 室');
  pdf.setLanguage('zh-CN');
  pdf.setCreationDate(MADE_AT);
  pdf.setModificationDate(MADE_AT);

  const embed = async (file: string) => pdf.embedFont(await readFile(require.resolve(`@expo-google-fonts/${file}`)));
  const faces: Faces = {
    text: await embed('noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
    strong: await embed('noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
    heading: await embed('noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'),
  };
  return { pdf, composed: composeLease(pdf, faces, pagesOfHeadings) };
}

// The table of contents needs the page numbers that only a first run can tell.
const draft = await makeLease(new Map());
const { pdf, composed } = await makeLease(draft.composed.pagesOfHeadings);
const bytes = await pdf.save({ subsetFonts: true });
await writeFile(OUTPUT, bytes);

process.stdout.write(`${composed.pageCount} pages, ${bytes.length} bytes\n`);
for (const place of composed.sealPlaces) {
  process.stdout.write(`page ${place.page}: ${place.role} at x ${place.x}, y ${place.y}\n`);
}
