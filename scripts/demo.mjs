import { runTypeScript } from './run-typescript.mjs';

await runTypeScript('tests/demo/demo.ts');
