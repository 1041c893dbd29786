#!/usr/bin/env node
/** `npx signet …`: the operators' commands, run from their TypeScript source. */
import { register } from 'tsx/esm/api';

register();
await import('../src/surfaces/cli/main.ts');
