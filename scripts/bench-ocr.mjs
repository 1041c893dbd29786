import { runTypeScript } from './run-typescript.mjs';

await runTypeScript('tests/ocr/bench.ts');
