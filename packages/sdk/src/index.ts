/** TypeScript client of the open API, for Node: the app secret must never reach a browser. */
export type { CallbackBody } from '@signet/protocol/open-api';
export { createSignetClient, type SignetClient, type SignetClientOptions } from './client.ts';
export {
  type CallbackProblem,
  type SignatureMismatch,
  SignetApiError,
  SignetCallbackError,
  SignetConnectionError,
} from './errors.ts';
export type { FilePart } from './signed-request.ts';
export type { CallOptions } from './transport.ts';
export { type CallbackRequest, verifyCallback } from './verify-callback.ts';
