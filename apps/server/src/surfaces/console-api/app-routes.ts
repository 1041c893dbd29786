import {
  type AppSettingsChange,
  appSettings,
  type ConsoleApp,
  createApp,
  mayDo,
  type NewConsoleApp,
  type ProbeResult,
  type RotatedSecret,
  rotateSecret,
} from '@signet/protocol/console-api';
import { z } from 'zod';
import type { App, AppSettings, Apps } from '../../modules/apps/index.ts';
import type { Callbacks } from '../../modules/callbacks/index.ts';
import type { Actor, Operators } from '../../modules/operators/index.ts';
import { type ConsoleRoute, consoleRoute } from './console-route.ts';
import { ConsoleError } from './refusal.ts';

export interface AppRoutesDependencies {
  readonly apps: Apps;
  readonly callbacks: Pick<Callbacks, 'probe'>;
  readonly operators: Pick<Operators, 'audit'>;
}

/** 应用: their switches and secrets. */
export function appRoutes({ apps, callbacks, operators: { audit } }: AppRoutesDependencies): ConsoleRoute[] {
  return [
    consoleRoute({
      ...{ access: 'apps.read', method: 'GET', path: '/apps', input: z.object({}) },
      handle: async (): Promise<ConsoleApp[]> => (await apps.list()).map(toConsoleApp),
    }),
    consoleRoute({
      ...{ access: 'apps.read', method: 'GET', path: '/apps/:appKey', input: z.object({}) },
      handle: async ({ params }): Promise<ConsoleApp> => toConsoleApp(await mustFind(apps, params)),
    }),
    consoleRoute({
      ...{ access: 'apps.create', method: 'POST', path: '/apps', input: createApp },
      handle: async ({ actor, input }): Promise<NewConsoleApp> => {
        const made = await apps.create({ ...toSettings(input), name: input.name }, (tx, { appKey }) =>
          audit.record(tx, actor, { action: 'app-created', target: `app:${appKey}`, detail: auditable(input) }),
        );
        return { app: toConsoleApp(made.app), appSecret: made.secret, callbackSecret: made.callbackSecret };
      },
    }),
    consoleRoute({
      ...{ access: 'apps.change', method: 'POST', path: '/apps/:appKey', input: appSettings },
      handle: async ({ actor, caller, input, params }): Promise<ConsoleApp> => {
        if (input.enabled !== undefined && !mayDo(caller.operator.role, 'apps.enable'))
          throw new ConsoleError('FORBIDDEN');
        const { appKey } = await mustFind(apps, params);
        const changed = await apps.set(appKey, toSettings(input), (tx) =>
          audit.record(tx, actor, { action: 'app-changed', target: `app:${appKey}`, detail: auditable(input) }),
        );
        return toConsoleApp(changed);
      },
    }),
    consoleRoute({
      ...{ access: 'apps.secrets', method: 'POST', path: '/apps/:appKey/rotate', input: rotateSecret },
      handle: async ({ actor, input, params }): Promise<RotatedSecret> => {
        const app = await mustFind(apps, params);
        const secret = await rotate(app, input.which, actor);
        return { app: toConsoleApp(await mustFind(apps, params)), secret };
      },
    }),
    consoleRoute({
      ...{ access: 'apps.change', method: 'POST', path: '/apps/:appKey/probe', input: z.object({}) },
      handle: async ({ actor, params }): Promise<ProbeResult> => {
        const { id, appKey } = await mustFind(apps, params);
        await audit.note(actor, { action: 'callback-probed', target: `app:${appKey}` });
        return callbacks.probe(id);
      },
    }),
  ];

  async function rotate({ id, appKey }: App, which: 'app' | 'callback', actor: Actor): Promise<string> {
    const entry = { action: 'secret-rotated', target: `app:${appKey}`, detail: { which } };
    if (which === 'callback') return apps.rotateCallbackSecret(id, (tx) => audit.record(tx, actor, entry));
    const { secret } = await apps.rotate(appKey, (tx) => audit.record(tx, actor, entry));
    return secret;
  }
}

async function mustFind(
  apps: Pick<Apps, 'findByKey'>,
  { appKey = '' }: Readonly<Record<string, string>>,
): Promise<App> {
  const app = await apps.findByKey(appKey);
  if (!app) throw new ConsoleError('NOT_FOUND', '应用不存在');
  return app;
}

/** JSON holds no undefined, so what is absent is absent. */
function toSettings(input: AppSettingsChange): Partial<AppSettings> {
  return input as Partial<AppSettings>;
}

/** An address may carry a password of its own in path or query. */
function auditable(input: AppSettingsChange): Readonly<Record<string, unknown>> {
  return input.callbackUrl ? { ...input, callbackUrl: new URL(input.callbackUrl).origin } : { ...input };
}

function toConsoleApp(app: App): ConsoleApp {
  const { id, createdAt, callbackStoppedAt, previousSecretUntil, previousCallbackSecretUntil, ...settings } = app;
  return {
    ...settings,
    appId: id,
    callbackTypes: settings.callbackTypes as ConsoleApp['callbackTypes'],
    createdAt: createdAt.toISOString(),
    callbackStoppedAt: callbackStoppedAt?.toISOString() ?? null,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    previousCallbackSecretUntil: previousCallbackSecretUntil?.toISOString() ?? null,
  };
}
