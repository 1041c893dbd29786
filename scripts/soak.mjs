import { runTypeScript } from './run-typescript.mjs';

await runTypeScript('tests/soak/main.ts');
