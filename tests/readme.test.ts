/** The commands of README.md, run as a newcomer would paste them. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../apps/server/src/testing/test-platform.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const SETTINGS = ['config.ts', 'retention-settings.ts', 'vendor-settings.ts']
  .map((file) => readFileSync(join(ROOT, 'apps', 'server', 'src', file), 'utf8'))
  .join('\n');

let platform: TestPlatform;
let folder: string;

beforeAll(async () => {
  platform = await startTestPlatform();
  folder = mkdtempSync(join(tmpdir(), 'signet-readme-'));
});
afterAll(async () => {
  await platform.close();
  rmSync(folder, { recursive: true });
});

/** The bash blocks with this platform's address and key, files in the test's folder, without the operator's command. */
function script(): string {
  const blocks = [...README.matchAll(/```bash\n(.*?)```/gs)].map(([, block]) => block);
  const { url, app } = platform;
  return blocks
    .join('\n')
    .replace(/^BASE=.*$/m, `BASE=${url}`)
    .replace(/^KEY=.*$/m, `KEY=${app.appKey}`)
    .replace(/^SECRET=.*$/m, `SECRET=${app.appSecret}`)
    .replace(/^npx signet .*$/gm, '')
    .replaceAll('/tmp/upload.json', join(folder, 'upload.json'))
    .replaceAll('signed.pdf', join(folder, 'signed.pdf'));
}

describe('README.md', () => {
  it('leads to a signed contract in its own words', async () => {
    const answers = await runBash(script());

    expect(answers).toContain('"signStatus":"finished"');
    expect(answers.match(/Signature is Valid/g)).toHaveLength(2);
    expect(answers).toContain('Total document signed');
  });

  it.each(['README.md', 'README.en.md'])('%s explains every setting', (file) => {
    const page = readFileSync(join(ROOT, file), 'utf8');
    const settings = new Set(
      [...SETTINGS.matchAll(/'((?:SIGNET_[A-Z_]+)|HOST|PORT|DATABASE_URL)'/g)].map(([, name]) => name),
    );

    expect(settings.size).toBeGreaterThan(30);
    expect([...settings].filter((name) => !name?.endsWith('_') && !page.includes(`\`${name}\``))).toEqual([]);
  });
});

/** Not synchronously: the platform answers from this very process. */
async function runBash(text: string): Promise<string> {
  const { stdout } = await promisify(execFile)('bash', ['-euc', text], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 20_000,
  });
  return stdout;
}
