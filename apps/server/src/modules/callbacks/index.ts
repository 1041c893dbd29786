export type { CallbacksDependencies } from './dependencies.ts';
export type { Attempt, Callback, CallbackEvent, CallbackSubject, DeliveryStatus, Lane, NewCallback } from './event.ts';
export type { CallbackDetail, CallbackSearch } from './operations.ts';
export type { CallbackRenderer, CallbackRequest } from './ports.ts';
export { CALLBACK_TIMING, type CallbackTiming, LONGEST_RETRY_AFTER_MS } from './schedule.ts';
export type { ProbeResult } from './sending.ts';
export { type Callbacks, createCallbacks } from './service.ts';
export type { Selection as ResendSelection } from './store.ts';
