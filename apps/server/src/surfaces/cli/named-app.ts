import type { App, Apps } from '../../modules/apps/index.ts';
import { CommandError } from './output.ts';

/** @throws CommandError that says how to find the right one. */
export async function requireApp(apps: Pick<Apps, 'list'>, appKey: string): Promise<App> {
  const app = (await apps.list()).find((each) => each.appKey === appKey);
  if (!app) throw new CommandError(`There is no app ${appKey}. See: npx signet app list`);
  return app;
}
