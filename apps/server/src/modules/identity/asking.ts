import { ApiError } from '@signet/protocol/errors';
import { IdentityCheckNotOffered, IdentitySourceUnavailable, type RegistryFinding } from './ports.ts';

/** Asks outside any transaction; a source that cannot answer leaves nothing behind. */
export async function askRegistry(question: () => Promise<RegistryFinding>): Promise<RegistryFinding> {
  try {
    return await question();
  } catch (cause) {
    if (cause instanceof IdentityCheckNotOffered) throw new ApiError('IDENTITY_CHECK_NOT_OFFERED', {}, { cause });
    if (!(cause instanceof IdentitySourceUnavailable)) throw cause;
    throw new ApiError('IDENTITY_SOURCE_UNAVAILABLE', {}, { cause });
  }
}
