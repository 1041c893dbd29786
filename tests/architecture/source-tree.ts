/** What the rules look at: files with their imports, and the members' manifests. Paths are relative to the repository. */
import { posix } from 'node:path';
import ts from 'typescript';

export interface Member {
  /** `packages/pki` */
  readonly folder: string;
  /** `@signet/pki` */
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

export interface Import {
  readonly specifier: string;
  /** The file it leads to, for a relative import; the package's name otherwise. */
  readonly target: string;
  readonly relative: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Tests and what only tests use: free of the rules on layers, clock and randomness. */
  readonly testing: boolean;
}

export interface SourceTree {
  readonly files: readonly SourceFile[];
  readonly members: readonly Member[];
  /** Of the root: what tests and scripts may use. */
  readonly rootDevDependencies: readonly string[];
}

export function sourceFile(path: string, text: string): SourceFile {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => importOf(path, fileName));
  return { path, text, imports, testing: /\.(test|bench)\.ts$|\/testing\//.test(path) };
}

function importOf(from: string, specifier: string): Import {
  if (specifier.startsWith('.')) {
    return { specifier, target: posix.join(posix.dirname(from), specifier), relative: true };
  }
  return { specifier, target: packageName(specifier), relative: false };
}

/** `@signet/protocol/errors` → `@signet/protocol`; `node:fs/promises` → `node:fs`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

export function memberOf(tree: SourceTree, path: string): Member | undefined {
  return tree.members.find(({ folder }) => path.startsWith(`${folder}/`));
}
