/** ARCHITECTURE.md, kept true: the rules live in `architecture/` and are tested there on small trees. */
import { describe, expect, it } from 'vitest';
import { packagesWithIo, strayClocks, strayEnvironment, wideDoors } from './architecture/code-rules.ts';
import {
  brokenDoors,
  forbiddenLayers,
  importCycles,
  undeclaredImports,
  unplacedModules,
} from './architecture/import-rules.ts';
import { readTree } from './architecture/read-tree.ts';

const tree = readTree();

describe('the repository', () => {
  it.each([
    ['imports only what each member declares', undeclaredImports],
    ['keeps the direction of its layers', forbiddenLayers],
    ['enters modules by their door, downwards only', brokenDoors],
    ['gives every module its place in the order', unplacedModules],
    ['has no import cycles', importCycles],
    ['reads the environment in config.ts only', strayEnvironment],
    ['asks clock and chance in the kernel only', strayClocks],
    ['does no I/O in packages', packagesWithIo],
    ['keeps the doors of modules narrow', wideDoors],
  ])('%s', (_, rule) => {
    expect(rule(tree)).toEqual([]);
  });

  it('was read at all', () => {
    expect(tree.members.length).toBeGreaterThan(4);
    expect(tree.files.length).toBeGreaterThan(100);
  });
});
