import { callbackEndpoints } from './callbacks.ts';
import { companyIdentityEndpoints } from './company-identity.ts';
import { contractEndpoints } from './contracts.ts';
import type { Endpoint } from './endpoint.ts';
import { fileEndpoints } from './files.ts';
import { messagingEndpoints } from './messaging.ts';
import { personIdentityEndpoints } from './person-identity.ts';
import { recognitionEndpoints } from './recognition.ts';
import { sandboxEndpoints } from './sandbox.ts';
import { sealEndpoints } from './seals.ts';
import { userEndpoints } from './users.ts';

export { CALLBACK_FIELDS, type CallbackBody } from './callbacks.ts';
export { CONTRACT_STATUSES, SIGN_STATUSES } from './contracts.ts';
export type { Chapter, Endpoint, HttpMethod, InputOf, ResultOf } from './endpoint.ts';

/** Every path of the open API, its aliases and methods: one declaration each. */
export const openApi = {
  ...personIdentityEndpoints,
  ...companyIdentityEndpoints,
  ...userEndpoints,
  ...fileEndpoints,
  ...sealEndpoints,
  ...contractEndpoints,
  ...callbackEndpoints,
  ...messagingEndpoints,
  ...recognitionEndpoints,
  ...sandboxEndpoints,
} satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof openApi;
