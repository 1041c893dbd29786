export type { App, AppSettings } from './app.ts';
export type { CallbackReceiver } from './callback-receiver.ts';
export { type AppCredentials, type Credentials, createCredentials } from './credentials.ts';
export { createIdempotency, type Idempotency } from './idempotency.ts';
export { createReplayGuard, REPLAY_WINDOW_MS, type ReplayGuard } from './replay-guard.ts';
export { APPS_SEALED_COLUMNS } from './sealed-columns.ts';
export { type Apps, type AppWithSecret, createApps, type NewApp } from './service.ts';
