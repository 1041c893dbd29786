export type { CallbackEvent, CallbackSubject, DeliveryStatus, NewCallback } from './event.ts';
export { type Callbacks, createCallbacks } from './service.ts';
