import type { Config } from './config.ts';
import type { Apps, Credentials } from './modules/apps/index.ts';
import type { Callbacks } from './modules/callbacks/index.ts';

const DEMO_NAME = '演示应用';

/** Everything a newcomer or an automated test needs, in sandbox mode only. */
const SANDBOX_CHOICES = { selfCertification: true, silentSigning: true, smsLimits: false } as const;

export interface FirstApp {
  readonly appKey: string;
  readonly secret: string;
}

interface FirstAppModules {
  readonly apps: Apps;
  readonly credentials: Credentials;
  readonly callbacks: Pick<Callbacks, 'businessTypes'>;
}

/** The app of SIGNET_APP_KEY, or a sandbox's own demo app; undefined in production without those settings. */
export async function ensureFirstApp(
  { firstApp, mode }: Pick<Config, 'firstApp' | 'mode'>,
  { apps, credentials, callbacks }: FirstAppModules,
): Promise<FirstApp | undefined> {
  const choices = mode === 'sandbox' ? SANDBOX_CHOICES : {};
  if (firstApp) {
    const { appKey, appSecret: secret, callbackUrl, callbackSecret } = firstApp;
    const receiver = callbackUrl ? { callbackUrl, callbackTypes: callbacks.businessTypes } : {};
    const app = await apps.ensure(appKey, secret, { name: appKey, ...choices, ...receiver });
    if (callbackSecret) await apps.adoptCallbackSecret(app.id, callbackSecret);
    return { appKey, secret };
  }
  if (mode !== 'sandbox') return undefined;

  const existing = (await apps.list()).find((app) => app.name === DEMO_NAME);
  if (!existing) {
    const { app, secret } = await apps.create({ name: DEMO_NAME, ...choices });
    return { appKey: app.appKey, secret };
  }
  const found = await credentials.find(existing.appKey);
  return found?.secrets[0] === undefined ? undefined : { appKey: existing.appKey, secret: found.secrets[0] };
}
