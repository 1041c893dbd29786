/** Pages and console from one app: an entry each, so that a signer's phone never loads the console. */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const HERE = import.meta.dirname;
const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

/** Where `pdf-view` finds what pdf.js loads by itself; without cmaps and fonts, Chinese text that is not embedded stays blank. */
const PDFJS_FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs'];

/** Named after its only module, `pdf.mjs`. */
const ENGINE_CHUNK = 'pdf';

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

/** pdf.js is downloaded beside the page's own code, not after it has run; it still runs only when it is called. */
function preloadEngine(): Plugin {
  return {
    name: 'preload-engine',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path, bundle = {} }) => {
        const engine = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === ENGINE_CHUNK);
        if (path !== '/sign.html' || !engine) return [];
        return [{ tag: 'link', attrs: { rel: 'modulepreload', href: `/${engine.fileName}` }, injectTo: 'head' }];
      },
    },
  };
}

export default defineConfig({
  root: HERE,
  plugins: [react(), pdfjsAssets(), preloadEngine()],
  build: {
    outDir: 'dist',
    target: ['chrome107', 'safari16', 'firefox104'],
    assetsInlineLimit: 0,
    rollupOptions: {
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
