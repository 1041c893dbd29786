/** What a phone must load before it shows anything. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { buildWeb } from '../../scripts/build-web.mjs';

const BUILT = join(import.meta.dirname, '..', '..', 'apps', 'web', 'dist');
buildWeb();

/** Scripts and styles that the page's HTML names, and those that its entry asks for at once; what is loaded lazily is not among them. */
function firstLoad(page: string): { readonly names: string[]; readonly source: string; readonly gzipBytes: number } {
  const html = readFileSync(join(BUILT, `${page}.html`), 'utf8');
  const inHtml = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const entry = readFileSync(join(BUILT, inHtml.find((path) => path.startsWith(`assets/${page}-`)) ?? ''), 'utf8');
  const byEntry = [...entry.matchAll(/"(assets\/[^"]+\.(?:js|css))"/g)].map(([, path = '']) => path);
  const names = [...new Set([...inHtml, ...byEntry])];
  const contents = names.map((path) => readFileSync(join(BUILT, path)));
  const gzipBytes = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
  return { names, source: contents.join('\n'), gzipBytes };
}

describe.each(['sign', 'grant'])('the first load of the %s page', (page) => {
  it('is below 130 kB', () => {
    expect(firstLoad(page).gzipBytes).toBeLessThan(130_000);
  });

  it('has the page itself among what is weighed', () => {
    expect(firstLoad(page).source).toContain('createRoot');
  });

  it('holds neither pdf.js nor the schema library nor the console', () => {
    const { source } = firstLoad(page);

    expect(source).not.toMatch(/GlobalWorkerOptions\b.*workerSrc|ZodError|ant-btn/);
  });

  it('has no script or style in its HTML, which the policy would refuse', () => {
    const html = readFileSync(join(BUILT, `${page}.html`), 'utf8');

    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|style=/);
  });
});

describe('the face page', () => {
  it('loads below 130 kB before consent, and nothing of its engine', () => {
    const { gzipBytes, source } = firstLoad('face');

    expect(gzipBytes).toBeLessThan(130_000);
    expect(source).not.toMatch(/tensorflow|blazeface\.json/i);
  });

  it('finds all that its engine asks for, below 6 MB', () => {
    const assets = join(BUILT, 'assets');
    const folder = readdirSync(assets).find((name) => /^face-[0-9a-f]{8}$/.test(name)) ?? '';
    const worker = readdirSync(assets).find((name) => /^face-engine\.worker-.*\.js$/.test(name)) ?? '';
    const parts = ['blazeface', 'facemesh', 'iris'].flatMap((model) => [`${model}.json`, `${model}.bin`]);
    const asked = [...parts, 'tfjs-backend-wasm-simd.wasm'].map((name) => readFileSync(join(assets, folder, name)));
    const bytes = [...asked, readFileSync(join(assets, worker))].map((content) => gzipSync(content).length);

    expect(readFileSync(join(assets, worker), 'utf8')).toContain(`/assets/${folder}`);
    expect(existsSync(join(assets, folder, 'tfjs-backend-wasm.wasm'))).toBe(true);
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(6_000_000);
  });

  it('is the only one that names the engine', () => {
    const named = ['sign', 'grant', 'home', 'console', 'verify-person', 'verify-company'].filter((page) =>
      /face-engine\.worker/.test(firstLoad(page).source),
    );

    expect(firstLoad('face').source).toMatch(/face-engine\.worker/);
    expect(named).toEqual([]);
  });
});

describe('what pdf.js asks for by itself', () => {
  it.each(['cmaps/UniGB-UCS2-H.bcmap', 'standard_fonts/FoxitFixed.pfb', 'wasm/openjpeg.wasm', 'iccs'])(
    'has %s',
    (path) => {
      const found = join(BUILT, 'assets', 'pdfjs', path);

      expect(existsSync(found)).toBe(true);
    },
  );
});
