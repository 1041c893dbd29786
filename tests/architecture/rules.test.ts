import { describe, expect, it } from 'vitest';
import { packagesWithIo, strayClocks, strayEnvironment, wideDoors } from './code-rules.ts';
import { brokenDoors, forbiddenLayers, importCycles, undeclaredImports, unplacedModules } from './import-rules.ts';
import { type SourceTree, sourceFile } from './source-tree.ts';

const MODULES = 'apps/server/src/modules';

/** A small repository: path → text. */
function tree(files: Readonly<Record<string, string>>): SourceTree {
  return {
    files: Object.entries(files).map(([path, text]) => sourceFile(path, text)),
    members: [
      { folder: 'packages/pki', name: '@signet/pki', dependencies: ['pkijs'], devDependencies: [] },
      { folder: 'packages/pdf', name: '@signet/pdf', dependencies: ['@signet/pki'], devDependencies: [] },
      { folder: 'packages/sdk', name: '@signet/sdk', dependencies: ['@signet/protocol'], devDependencies: [] },
      { folder: 'apps/server', name: '@signet/server', dependencies: ['fastify'], devDependencies: ['drizzle-kit'] },
    ],
    rootDevDependencies: ['vitest'],
  };
}

describe('declared dependencies', () => {
  it.each([
    ['a package nobody declared', 'packages/pki/src/a.ts', `import x from 'lodash';`],
    ['a package that only another member declares', 'packages/pki/src/a.ts', `import f from 'fastify';`],
    ['a development tool in shipped code', 'packages/pki/src/a.ts', `import { it } from 'vitest';`],
    ['a path into another member', 'packages/pdf/src/a.ts', `import { x } from '../../pki/src/index.ts';`],
    ['an import of types', 'packages/pki/src/a.ts', `import type { X } from 'lodash';`],
    ['a re-export', 'packages/pki/src/a.ts', `export { x } from 'lodash';`],
    ['a dynamic import', 'packages/pki/src/a.ts', `const x = await import('lodash');`],
  ])('refuses %s', (_, path, text) => {
    expect(undeclaredImports(tree({ [path]: text }))).toHaveLength(1);
  });

  it.each([
    ['a declared package, by a subpath', 'packages/pki/src/a.ts', `import x from 'pkijs/build';`],
    ['a builtin', 'apps/server/src/kernel/a.ts', `import fs from 'node:fs/promises';`],
    ['a tool of the root in a test', 'packages/pki/src/a.test.ts', `import { it } from 'vitest';`],
    ['a tool of the member outside src', 'apps/server/drizzle.config.ts', `import { d } from 'drizzle-kit';`],
  ])('allows %s', (_, path, text) => {
    expect(undeclaredImports(tree({ [path]: text }))).toEqual([]);
  });
});

describe('layers', () => {
  it.each([
    ['pki', 'packages/pki/src/a.ts', `import { x } from '@signet/pdf';`],
    ['the SDK', 'packages/sdk/src/a.ts', `import { x } from '@signet/pki';`],
    ['the kernel', 'apps/server/src/kernel/a.ts', `import { x } from '../modules/apps/index.ts';`],
    ['a module reaching for wire schemas', `${MODULES}/users/a.ts`, `import { x } from '@signet/protocol/open-api';`],
    ['a module reaching up', `${MODULES}/users/a.ts`, `import { x } from '../../surfaces/open-api/serve.ts';`],
    [
      'a surface reaching for the platform',
      'apps/server/src/surfaces/open-api/a.ts',
      `import { x } from '../../platform.ts';`,
    ],
    ['a file outside every layer', 'apps/server/src/helpers.ts', `import { x } from './config.ts';`],
  ])('stop %s', (_, path, text) => {
    expect(forbiddenLayers(tree({ [path]: text }))).toHaveLength(1);
  });

  it('let the operator command run the platform', () => {
    const text = `import { x } from '../../platform.ts';`;

    expect(forbiddenLayers(tree({ 'apps/server/src/surfaces/cli/a.ts': text }))).toEqual([]);
  });

  it('let a module use kernel, errors, pki and pdf', () => {
    const text = ['../../kernel/clock.ts', '@signet/protocol/errors', '@signet/pki', '@signet/pdf']
      .map((specifier) => `import '${specifier}';`)
      .join('\n');

    expect(forbiddenLayers(tree({ [`${MODULES}/users/a.ts`]: text }))).toEqual([]);
  });
});

describe('doors', () => {
  it.each([
    ['a module past the door of a lower one', `${MODULES}/users/a.ts`, `import { x } from '../apps/store.ts';`],
    ['a module to a higher one', `${MODULES}/apps/a.ts`, `import { x } from '../users/index.ts';`],
    ['a surface past a door', 'apps/server/src/surfaces/open-api/a.ts', `import '../../modules/apps/store.ts';`],
    ['a surface to another surface', 'apps/server/src/surfaces/open-api/a.ts', `import '../trust/ocsp.ts';`],
    ['a provider to another one', 'apps/server/src/providers/sms-console/a.ts', `import '../identity-sandbox/a.ts';`],
  ])('stop %s', (_, path, text) => {
    expect(brokenDoors(tree({ [path]: text }))).toHaveLength(1);
  });

  it.each([
    ['a module to a lower door', `${MODULES}/users/a.ts`, `import { x } from '../apps/index.ts';`],
    ['files of one module', `${MODULES}/users/a.ts`, `import { x } from './store.ts';`],
    [
      'a provider to the port it serves',
      'apps/server/src/providers/sms-console/a.ts',
      `import '../../modules/messaging/ports.ts';`,
    ],
  ])('let %s through', (_, path, text) => {
    expect(brokenDoors(tree({ [path]: text }))).toEqual([]);
  });

  it('name a module without a place in the order', () => {
    expect(unplacedModules(tree({ [`${MODULES}/billing/index.ts`]: '' }))).toHaveLength(1);
  });

  it.each([
    ['thirteen values', `export { ${Array.from({ length: 13 }, (_, i) => `a${i}`)} } from './a.ts';`],
    ['everything of a file', `export * from './a.ts';`],
    ['thirty-one lines', '\n'.repeat(30).concat(`export { a } from './a.ts';`)],
  ])('may not offer %s', (_, text) => {
    expect(wideDoors(tree({ [`${MODULES}/apps/index.ts`]: text }))).toHaveLength(1);
  });

  it('may name many types', () => {
    const types = Array.from({ length: 20 }, (_, i) => `A${i}`);

    expect(wideDoors(tree({ [`${MODULES}/apps/index.ts`]: `export type { ${types} } from './a.ts';` }))).toEqual([]);
  });

  it('of all surfaces stand open to the file that composes them', () => {
    const text = `import './open-api/gateway.ts'; import './trust/routes.ts';`;

    expect(brokenDoors(tree({ 'apps/server/src/surfaces/http-server.ts': text }))).toEqual([]);
  });
});

describe('cycles', () => {
  it('are found once, with their way', () => {
    const cycle = tree({
      'packages/pki/src/a.ts': `import './b.ts';`,
      'packages/pki/src/b.ts': `import './c.ts';`,
      'packages/pki/src/c.ts': `import './a.ts';`,
    });

    expect(importCycles(cycle)).toEqual([
      'packages/pki/src/a.ts → packages/pki/src/b.ts → packages/pki/src/c.ts → packages/pki/src/a.ts',
    ]);
  });

  it('are not two ways to one file', () => {
    const diamond = tree({
      'packages/pki/src/a.ts': `import './b.ts'; import './c.ts';`,
      'packages/pki/src/b.ts': `import './c.ts';`,
      'packages/pki/src/c.ts': '',
    });

    expect(importCycles(diamond)).toEqual([]);
  });
});

describe('settings, clock and randomness', () => {
  it.each([
    ['process.env', strayEnvironment],
    ['Date.now()', strayClocks],
    ['new Date()', strayClocks],
    ['Date()', strayClocks],
    ['Math.random()', strayClocks],
  ])('%s is found in a module', (expression, rule) => {
    expect(rule(tree({ [`${MODULES}/apps/a.ts`]: `export const x = ${expression};` }))).toHaveLength(1);
  });

  it.each([
    ['a Date of a given instant', `${MODULES}/apps/a.ts`, 'new Date(instant)'],
    ['the kernel', 'apps/server/src/kernel/clock.ts', 'new Date()'],
    ['a test', `${MODULES}/apps/a.test.ts`, 'Date.now()'],
    ['a string', `${MODULES}/apps/a.ts`, `'Date.now() process.env'`],
  ])('%s is none of them', (_, path, expression) => {
    const given = tree({ [path]: `export const x = ${expression};` });

    expect([...strayClocks(given), ...strayEnvironment(given)]).toEqual([]);
  });
});

describe('packages without I/O', () => {
  it.each([[`import fs from 'node:fs';`], [`import net from 'net';`], [`await fetch('http://x');`]])(
    'refuse %s',
    (text) => {
      expect(packagesWithIo(tree({ 'packages/pki/src/a.ts': text }))).toHaveLength(1);
    },
  );

  it('leave the network to the environment of the SDK', () => {
    expect(packagesWithIo(tree({ 'packages/sdk/src/environment.ts': `fetch('http://x');` }))).toEqual([]);
  });
});
