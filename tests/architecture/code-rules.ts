/** Rules on what code may touch: settings, clock, randomness, the outside world. */
import ts from 'typescript';
import { type Layer, layerOf, partOf } from './layers.ts';
import type { SourceFile, SourceTree } from './source-tree.ts';

/** The client that runs at customers' has no kernel: this one file gives it clock and network. */
const SDK_ENVIRONMENT = 'packages/sdk/src/environment.ts';

const SETTINGS = 'apps/server/src/config.ts';

const OUTSIDE_WORLD = ['fs', 'net', 'http', 'https', 'http2', 'tls', 'dns', 'dgram', 'child_process', 'worker_threads'];

const MOST_VALUES = 12;
const MOST_LINES = 30;

/** Settings are read in one place, so that every one of them is checked at start. */
export function strayEnvironment(tree: SourceTree): string[] {
  return eachNode(tree, (file, node) => {
    if (file.testing || file.path === SETTINGS || layerOf(file.path) === 'tooling') return undefined;
    return isMember(node, 'process', 'env') ? 'reads process.env' : undefined;
  });
}

/** Layers that are near a clock: the kernel owns the server's, a page counts down on the person's own. */
const WITH_A_CLOCK: readonly (Layer | undefined)[] = ['kernel', 'web'];

/** Time and randomness come in as arguments. */
export function strayClocks(tree: SourceTree): string[] {
  return eachNode(tree, (file, node) => {
    if (file.testing || WITH_A_CLOCK.includes(layerOf(file.path)) || file.path === SDK_ENVIRONMENT) return undefined;
    if (isMember(node, 'Date', 'now')) return 'calls Date.now';
    if (isMember(node, 'Math', 'random')) return 'calls Math.random';
    return isNow(node) ? 'asks Date for the present' : undefined;
  });
}

/** `packages/*` do no I/O. */
export function packagesWithIo(tree: SourceTree): string[] {
  const pure = tree.files.filter(({ path, testing }) => path.startsWith('packages/') && !testing);
  const imports = pure.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => OUTSIDE_WORLD.includes(target.replace(/^node:/, '')))
      .map(({ specifier }) => `${path} imports ${specifier}`),
  );
  const fetches = eachNode({ ...tree, files: pure }, (file, node) => {
    if (file.path === SDK_ENVIRONMENT || !ts.isCallExpression(node)) return undefined;
    const callee = node.expression;
    const isFetch = (ts.isIdentifier(callee) && callee.text === 'fetch') || isMember(callee, 'globalThis', 'fetch');
    return isFetch ? 'calls fetch' : undefined;
  });
  return [...imports, ...fetches];
}

/** A module's door names what others may call, and not much. Types cost nothing to know, so only their lines count. */
export function wideDoors(tree: SourceTree): string[] {
  return tree.files
    .filter(({ path }) => layerOf(path) === 'modules' && path.endsWith(`/${partOf(path)}/index.ts`))
    .filter((file) => valueCount(file) > MOST_VALUES || file.text.trimEnd().split('\n').length > MOST_LINES)
    .map(({ path }) => `${path} exports more than ${MOST_VALUES} values or is longer than ${MOST_LINES} lines`);
}

function valueCount(file: SourceFile): number {
  return parse(file).statements.reduce((count, statement) => count + valuesOf(statement), 0);
}

function valuesOf(statement: ts.Statement): number {
  if (!ts.isExportDeclaration(statement)) return isExported(statement) ? 1 : 0;
  const clause = statement.exportClause;
  // `export *` hides what the door offers.
  if (!clause || !ts.isNamedExports(clause)) return MOST_VALUES + 1;
  return statement.isTypeOnly ? 0 : clause.elements.filter(({ isTypeOnly }) => !isTypeOnly).length;
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** `new Date()` and `Date()`; a Date of a given instant is no clock. */
function isNow(node: ts.Node): boolean {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const isDate = ts.isIdentifier(node.expression) && node.expression.text === 'Date';
  return isDate && (ts.isCallExpression(node) || (node.arguments ?? []).length === 0);
}

function isMember(node: ts.Node, object: string, property: string): boolean {
  if (!ts.isPropertyAccessExpression(node) || node.name.text !== property) return false;
  return ts.isIdentifier(node.expression) && node.expression.text === object;
}

function eachNode(tree: SourceTree, judge: (file: SourceFile, node: ts.Node) => string | undefined): string[] {
  return tree.files.flatMap((file) => {
    const violations: string[] = [];
    const visit = (node: ts.Node): void => {
      const violation = judge(file, node);
      if (violation) violations.push(`${file.path} ${violation}`);
      ts.forEachChild(node, visit);
    };
    visit(parse(file));
    return violations;
  });
}

const parsed = new WeakMap<SourceFile, ts.SourceFile>();

function parse(file: SourceFile): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ESNext);
  parsed.set(file, known);
  return known;
}
