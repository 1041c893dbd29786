import type { Apps } from '../../modules/apps/index.ts';

/** By appId, for lists over all apps. */
export async function appNamesOf(apps: Pick<Apps, 'list'>): Promise<ReadonlyMap<string, string>> {
  return new Map((await apps.list()).map(({ id, name }) => [id, name]));
}
