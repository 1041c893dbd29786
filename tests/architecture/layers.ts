/** The layers and the allowed direction, as ARCHITECTURE.md prints them. */

/** Low to high: a module imports only from modules before it, and only through their `index.ts`. */
export const MODULE_ORDER = [
  'apps',
  'operators',
  'evidence',
  'callbacks',
  'tickets',
  'files',
  'messaging',
  'recognition',
  'certificates',
  'identity',
  'users',
  'seals',
  'contracts',
  'signing',
  'privacy',
] as const;

export type Layer =
  | 'protocol'
  | 'pki'
  | 'pdf'
  | 'sdk'
  | 'web'
  | 'kernel'
  | 'modules'
  | 'providers'
  | 'surfaces'
  | 'config'
  | 'platform'
  | 'main'
  | 'ocr'
  | 'tooling';

/** What a layer may import beside itself. A package with subpaths may be named by some of them only. */
export const MAY_IMPORT: Readonly<Record<Layer, readonly string[]>> = {
  protocol: [],
  pki: [],
  pdf: ['@signet/pki'],
  sdk: ['@signet/protocol'],
  web: ['@signet/protocol'],
  kernel: ['@signet/protocol/errors', '@signet/protocol/response', '@signet/protocol/identifiers'],
  modules: ['kernel', '@signet/pki', '@signet/pdf', '@signet/protocol/errors', '@signet/protocol/identifiers'],
  providers: ['kernel', 'modules', '@signet/protocol/identifiers', '@signet/protocol/errors'],
  surfaces: ['kernel', 'modules', '@signet/protocol'],
  config: ['kernel'],
  platform: ['kernel', 'modules', 'providers', 'surfaces', 'config', '@signet/protocol', '@signet/pki', '@signet/pdf'],
  main: ['platform', 'config', 'kernel', 'modules'],
  // A process of its own that the server starts: neither imports the other.
  ocr: [],
  tooling: [],
};

/** Folders that need more than their layer, each for its own reason. */
export const ALSO_MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // What stands in the file must be what the page drew: both turn strokes into outlines with the same options.
  'apps/server/src/modules/seals/': ['@signet/protocol/handwriting'],
  // Its wire formats are those of PKI: certificates, CRL, OCSP, RFC 3161.
  'apps/server/src/surfaces/trust/': ['@signet/pki'],
  // An operator's command runs the platform without its listener, and judges files without a platform.
  'apps/server/src/surfaces/cli/': ['platform', 'config', '@signet/pdf'],
};

const PACKAGES: readonly Layer[] = ['protocol', 'pki', 'pdf', 'sdk'];
const SERVER_FOLDERS: readonly Layer[] = ['kernel', 'modules', 'providers', 'surfaces'];
const SERVER_FILES: Readonly<Record<string, Layer>> = {
  'config.ts': 'config',
  'retention-settings.ts': 'config',
  'vendor-settings.ts': 'config',
  'platform.ts': 'platform',
  'background.ts': 'platform',
  'server.ts': 'platform',
  'first-app.ts': 'main',
  'main.ts': 'main',
};

/** Undefined: a file that belongs to no layer, which is a fault of its own. */
export function layerOf(path: string): Layer | undefined {
  const [group, member, source, part] = path.split('/');
  if (group === 'packages') return PACKAGES.find((layer) => layer === member);
  if (member === 'web') return source === 'src' ? 'web' : 'tooling';
  if (member === 'ocr') return source === 'src' ? 'ocr' : 'tooling';
  if (member !== 'server') return undefined;
  if (source !== 'src') return 'tooling';
  return SERVER_FOLDERS.find((layer) => layer === part) ?? SERVER_FILES[part ?? ''];
}

/** `contracts` of `apps/server/src/modules/contracts/store.ts`. */
export function partOf(path: string): string | undefined {
  return path.split('/')[4];
}
