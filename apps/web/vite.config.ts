/** Pages and console from one app: an entry each, so that a signer's phone never loads the console. */
import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

type OutputBundle = Rolldown.OutputBundle;
type OutputChunk = Rolldown.OutputChunk;

const HERE = import.meta.dirname;
const resolvePackage = createRequire(import.meta.url).resolve;
const PDFJS = dirname(resolvePackage('pdfjs-dist/package.json'));

/** Where `pdf-view` finds what pdf.js loads by itself; without cmaps and fonts, Chinese text that is not embedded stays blank. */
const PDFJS_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

function pdfjsAssets(): Plugin {
  return {
    name: 'pdfjs-assets',
    apply: 'build',
    writeBundle: ({ dir = '' }) => {
      for (const folder of PDFJS_FOLDERS) {
        cpSync(join(PDFJS, folder), join(dir, 'assets', 'pdfjs', folder), { recursive: true });
      }
    },
  };
}

const FACE_ENGINE = join(dirname(resolvePackage('@vladmandic/human')), '..');
const FACE_WASM = dirname(resolvePackage('@tensorflow/tfjs-backend-wasm/package.json'));
const FACE_ENGINE_FILES = [
  ...['blazeface.json', 'blazeface.bin', 'facemesh.json', 'facemesh.bin', 'iris.json', 'iris.bin'].map((name) =>
    join(FACE_ENGINE, 'models', name),
  ),
  // The third one needs threads, which need headers that forbid embedding.
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((name) => join(FACE_WASM, 'dist', name)),
];

/** Named after their content, so that browsers may keep them for good. */
function faceEngineFolder(): string {
  const hash = createHash('sha256');
  for (const path of FACE_ENGINE_FILES) hash.update(readFileSync(path));
  return `assets/face-${hash.digest('hex').slice(0, 8)}`;
}

/** Models and WebAssembly of the face page's engine; it asks for them by name. */
function faceEngineAssets(): Plugin {
  const folder = faceEngineFolder();
  return {
    name: 'face-engine-assets',
    config: () => ({ define: { 'import.meta.env.FACE_ENGINE_ASSETS': JSON.stringify(`/${folder}`) } }),
    writeBundle: ({ dir = '' }) => {
      for (const path of FACE_ENGINE_FILES) cpSync(path, join(dir, folder, basename(path)));
    },
  };
}

/** Pages whose entry is small and calls their real code: its styles are loaded beside the entry, its scripts when the entry says so. */
const CALLED: Readonly<Record<string, string>> = { '/sign.html': join(HERE, 'src/signing/start.tsx') };

function linkCalled(): Plugin {
  return {
    name: 'link-called',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path, bundle = {} }) => {
        const called = Object.values(bundle).filter(
          (file) => file.type === 'chunk' && file.facadeModuleId === CALLED[path],
        );
        const chunks = withImports(
          called.map(({ fileName }) => fileName),
          bundle,
        );
        const styles = new Set(chunks.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]));
        const links = [
          ...[...styles].map((fileName) => ({ attrs: { rel: 'stylesheet' }, fileName })),
          // For the entry to load when it has time; browsers do nothing with this word.
          ...chunks.map(({ fileName }) => ({ attrs: { rel: 'later', as: 'script' }, fileName })),
        ];
        const missing = links.filter(({ fileName }) => !html.includes(`/${fileName}"`));
        return missing.map(({ attrs, fileName }) => ({
          tag: 'link',
          injectTo: 'head' as const,
          attrs: { ...attrs, href: `/${fileName}`, crossorigin: true },
        }));
      },
    },
  };
}

/** What a chunk imports stands before it, as its styles must. */
function withImports(fileNames: readonly string[], bundle: OutputBundle, seen = new Set<string>()): OutputChunk[] {
  return fileNames.flatMap((fileName) => {
    const chunk = bundle[fileName];
    if (seen.has(fileName) || chunk?.type !== 'chunk') return [];
    seen.add(fileName);
    return [...withImports(chunk.imports, bundle, seen), chunk];
  });
}

/** Few chunks: on a slow phone each costs more by being asked for than by its bytes. Earlier ones win. */
const CHUNKS = [
  {
    name: 'early',
    test: /src\/(api\/(page-(client|error)|unloaded)|ui\/(appearance|wide-screen)|pdf-view\/(engine-worker|ranges|first-picture|geometry))\.ts|vite\/(modulepreload-polyfill|preload-helper)/,
  },
  { name: 'libraries', test: /node_modules\/(react|react-dom|scheduler|i18next|react-i18next)\// },
  { name: 'kit', test: /web\/src\/(ui|api)\/|protocol\/src\/page-api\// },
  { name: 'document', test: /src\/pdf-view\// },
].map((group, i, all) => ({ ...group, priority: all.length - i }));

export default defineConfig({
  root: HERE,
  plugins: [react(), pdfjsAssets(), faceEngineAssets(), linkCalled()],
  build: {
    outDir: 'dist',
    target: ['chrome107', 'safari16', 'firefox104'],
    assetsInlineLimit: 0,
    rollupOptions: {
      output: { codeSplitting: { groups: CHUNKS } },
      input: {
        home: join(HERE, 'home.html'),
        sign: join(HERE, 'sign.html'),
        grant: join(HERE, 'grant.html'),
        'verify-person': join(HERE, 'verify-person.html'),
        'verify-company': join(HERE, 'verify-company.html'),
        face: join(HERE, 'face.html'),
        console: join(HERE, 'console.html'),
      },
    },
  },
});
