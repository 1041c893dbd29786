import type { SealChoice } from '@signet/protocol/page-api';
import type { SealChoice as ChosenSeal } from '../../modules/seals/index.ts';

/** A seal as pages show it, with the address of its picture on this server. */
export function toSealChoice({ id, ...seal }: ChosenSeal): SealChoice {
  return { ...seal, sealId: String(id) };
}
