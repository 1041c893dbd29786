import { buildWeb } from './build-web.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { runTypeScript } from './run-typescript.mjs';

stopWithNpm();
ensureInstalled();
if (!buildWeb()) process.exit(1);
await runTypeScript('apps/server/src/main.ts');

/** npm passes a signal on to the shell that runs this script, and some shells die of it without telling us. */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;

  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}
