/** TypeScript client of the open API, for Node: the app secret must never reach a browser. */
export { createSignetClient, type SignetClient, type SignetClientOptions } from './client.ts';
export { type SignatureMismatch, SignetApiError, SignetConnectionError } from './errors.ts';
export type { FilePart } from './signed-request.ts';
export type { CallOptions } from './transport.ts';
