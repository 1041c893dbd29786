import type { Callback, CallbackEvent } from './event.ts';

/** What a callback looks like on the wire: its names, its body, its signature. */
export interface CallbackRenderer {
  /** Every name under which an app switches events on. */
  readonly businessTypes: readonly string[];
  businessTypeOf(type: CallbackEvent['type']): string;
  eventTypesOf(businessType: string): readonly CallbackEvent['type'][];
  /** Fields in the order in which they are sent. */
  bodyOf(callback: Callback): Readonly<Record<string, unknown>>;
  /** The request as it goes out at `at`, signed with each of the secrets. */
  requestFor(callback: Callback, signing: { readonly secrets: readonly string[]; readonly at: Date }): CallbackRequest;
}

export interface CallbackRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
