import { loadConfig, publicUrlOf } from '../../config.ts';
import { createLogger } from '../../kernel/log.ts';
import { createModules, type Foundation, type Modules, openFoundation } from '../../platform.ts';

/** Opens the installation beside a running server or alone, does the work, closes everything. */
export async function withModules(work: (modules: Modules, foundation: Foundation) => Promise<void>): Promise<void> {
  const config = loadConfig();
  const log = createLogger({ logLevel: 'error' });
  const foundation = await openFoundation(config, log, {
    publicUrl: publicUrlOf(config, config.port),
    joinRunning: true,
  });
  try {
    const modules = await createModules(foundation);
    await work(modules, foundation);
    await modules.callbacks.stop();
    await Promise.all([modules.intake.close(), modules.documentEngine.close()]);
    modules.certificates.close();
  } finally {
    foundation.dataKeys.stop();
    await foundation.database.close();
  }
}
