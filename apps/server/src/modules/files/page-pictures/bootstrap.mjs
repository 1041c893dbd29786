/** A worker thread does not inherit the TypeScript loader of its parent, and Node 20 takes no loader for a .ts entry. */
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
