/** `npm start`: reads the settings, starts the platform, stops it on a signal. */
import { ConfigError, loadConfig } from './config.ts';
import { ensureFirstApp } from './first-app.ts';
import { InstallationError } from './kernel/installation-error.ts';
import { createLogger } from './kernel/log.ts';
import { stopOnSignal } from './kernel/shutdown.ts';
import { startServer } from './server.ts';

try {
  const config = loadConfig();
  const log = createLogger(config);
  for (const warning of config.warnings) console.warn(warning);
  const starting = startServer(config, log);
  // Before it is up, so that a signal during the start leaves no database server behind.
  stopOnSignal(async () => (await starting).close(), log);
  const server = await starting;
  const app = await ensureFirstApp(config, server.modules);
  if (app) console.log(`Demo app  key: ${app.appKey}  secret: ${app.secret}`);
  const setupLink = await server.modules.operators.setupLink();
  if (setupLink) console.log(`Console  make the first account: ${setupLink}`);
  console.log(`Signet is ready: ${server.url}`);
  // The first signer's picture need not wait for it.
  server.modules.pagePictures.warm().catch((err: unknown) => log.warn('no pictures of pages', { err }));
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof InstallationError)) throw error;
  console.error(error.message);
  process.exit(1);
}
