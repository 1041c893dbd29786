import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Member, type SourceTree, sourceFile } from './source-tree.ts';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

export const ROOT = join(import.meta.dirname, '..', '..');

/** The tree as it lies on disk. */
export function readTree(root = ROOT): SourceTree {
  const members = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => `${group}/${name}`)
      .filter((folder) => existsSync(join(root, folder, 'package.json')))
      .map((folder) => readMember(root, folder)),
  );
  const paths = members.flatMap(({ folder }) => sourcePaths(root, folder));
  return {
    members,
    files: paths.map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8'))),
    rootDevDependencies: Object.keys(manifest(root, '.').devDependencies ?? {}),
  };
}

function readMember(root: string, folder: string): Member {
  const { name, dependencies = {}, devDependencies = {} } = manifest(root, folder);
  return { folder, name, dependencies: Object.keys(dependencies), devDependencies: Object.keys(devDependencies) };
}

function sourcePaths(root: string, folder: string): string[] {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return found
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules/'))
    .map((path) => `${folder}/${path}`)
    .toSorted();
}

function manifest(root: string, folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
}
