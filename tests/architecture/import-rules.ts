/** Rules on who imports whom. Each answers its violations as sentences. */
import { isBuiltin } from 'node:module';
import { ALSO_MAY_IMPORT, type Layer, layerOf, MAY_IMPORT, MODULE_ORDER, partOf } from './layers.ts';
import { type Import, memberOf, type SourceFile, type SourceTree } from './source-tree.ts';

/** A member imports only what its own `package.json` declares; tests may use the root's tools too. */
export function undeclaredImports(tree: SourceTree): string[] {
  return eachImport(tree, (file, { specifier, target, relative }) => {
    const member = memberOf(tree, file.path);
    if (!member) return undefined;
    if (relative) {
      const inside = target.startsWith(`${member.folder}/`);
      return inside ? undefined : `${file.path} leaves its member by ${specifier}`;
    }
    if (isBuiltin(specifier) || target === member.name) return undefined;
    const tools = isShipped(file) ? [] : [...member.devDependencies, ...tree.rootDevDependencies];
    const allowed = [...member.dependencies, ...tools];
    return allowed.includes(target)
      ? undefined
      : `${file.path} imports ${target}, which ${member.name} does not declare`;
  });
}

/** Whether the file runs at a customer's: then development tools are not installed. */
function isShipped(file: SourceFile): boolean {
  return !file.testing && layerOf(file.path) !== 'tooling';
}

export function forbiddenLayers(tree: SourceTree): string[] {
  return eachImport(tree, (file, imported) => {
    const layer = layerOf(file.path);
    if (file.testing || layer === 'tooling') return undefined;
    if (!layer) return `${file.path} stands in no layer`;
    const name = imported.relative ? layerOf(imported.target) : imported.specifier;
    const ours = imported.relative || imported.specifier.startsWith('@signet/');
    if (!ours || name === layer) return undefined;
    const allowed = allowedFor(file.path, layer).some((entry) => name === entry || name?.startsWith(`${entry}/`));
    return allowed ? undefined : `${file.path} (${layer}) must not import ${imported.specifier}`;
  });
}

function allowedFor(path: string, layer: Layer): readonly string[] {
  const extra = Object.entries(ALSO_MAY_IMPORT).filter(([folder]) => path.startsWith(folder));
  return [...MAY_IMPORT[layer], ...extra.flatMap(([, entries]) => entries)];
}

/** Modules only downwards; a module only through its door; no provider or surface through another one. */
export function brokenDoors(tree: SourceTree): string[] {
  return eachImport(tree, (file, { target, specifier, relative }) => {
    const [from, to] = [layerOf(file.path), relative ? layerOf(target) : undefined];
    if (file.testing || !from || !to || from === 'platform') return undefined;
    if (from === to && partOf(file.path) === partOf(target)) return undefined;
    if (to === 'modules') return moduleImport(file.path, target, specifier);
    return from === to && hasSiblings(file.path) ? `${file.path} imports its sibling ${specifier}` : undefined;
  });
}

/** A file directly in the folder is none of the siblings: it composes them. */
function hasSiblings(path: string): boolean {
  const layer = layerOf(path);
  return (layer === 'providers' || layer === 'surfaces') && !partOf(path)?.endsWith('.ts');
}

function moduleImport(path: string, target: string, specifier: string): string | undefined {
  const door = target.endsWith(`/modules/${partOf(target)}/index.ts`);
  const port = layerOf(path) === 'providers' && target.endsWith('/ports.ts');
  if (!door && !port) return `${path} passes the door of a module by ${specifier}`;
  if (layerOf(path) !== 'modules') return undefined;
  const lower = rank(partOf(target)) < rank(partOf(path));
  return lower ? undefined : `${path} imports the higher module ${partOf(target)}`;
}

function rank(module: string | undefined): number {
  return module === undefined ? -1 : (MODULE_ORDER as readonly string[]).indexOf(module);
}

/** Every module folder has its place in the order. */
export function unplacedModules(tree: SourceTree): string[] {
  const found = tree.files.filter(({ path }) => layerOf(path) === 'modules').map(({ path }) => partOf(path));
  return [...new Set(found)].filter((name) => rank(name) < 0).map((name) => `module ${name} has no place in the order`);
}

/** Import cycles between files, each once, as `a → b → a`. */
export function importCycles(tree: SourceTree): string[] {
  const edges = new Map(
    tree.files.map(({ path, imports }) => [
      path,
      imports.filter(({ relative }) => relative).map(({ target }) => target),
    ]),
  );
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || finished.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    finished.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}

function eachImport(tree: SourceTree, judge: (file: SourceFile, imported: Import) => string | undefined): string[] {
  return tree.files
    .flatMap((file) => file.imports.map((imported) => judge(file, imported)))
    .filter((violation) => violation !== undefined);
}
