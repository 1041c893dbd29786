import { runTypeScript } from './run-typescript.mjs';

await runTypeScript('apps/server/src/main.ts');
