/** Writes `docs/api` from the endpoint catalogue: `npx tsx scripts/generate-api-docs.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type OpenApiDocument, openApiDocument } from '../apps/server/src/surfaces/open-api/openapi-document.ts';
import { chapterPage, indexPage } from './api-docs/pages.ts';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'api');

/** File names of the chapters: links from outside stay valid when a title changes. */
const CHAPTER_FILES: Readonly<Record<string, string>> = {
  实名认证: 'verification.md',
  用户: 'users.md',
  文件: 'files.md',
  印章: 'seals.md',
  合同: 'contracts.md',
  回调: 'callbacks.md',
  开放接口: 'services.md',
  沙箱: 'sandbox.md',
};

/** Every page as it must stand in `docs/api`: file name → text. */
export function apiDocPages(): ReadonlyMap<string, string> {
  const document: OpenApiDocument = openApiDocument({ publicUrl: 'http://127.0.0.1:8080', mode: 'sandbox' });
  const chapters = document.tags.map(({ name }) => ({ name, file: CHAPTER_FILES[name] ?? `${name}.md` }));
  return new Map([
    ['README.md', indexPage(document, chapters)],
    ...chapters.map(({ name, file }): [string, string] => [file, chapterPage(document, name)]),
  ]);
}

export function writeApiDocs(folder = FOLDER): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of apiDocPages()) writeFileSync(join(folder, file), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeApiDocs();
