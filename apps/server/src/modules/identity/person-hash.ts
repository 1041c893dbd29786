/** Finds a person's flow, and the letters that name them, without an id number in the clear. */
import type { SecretBox } from '../../kernel/secret-box.ts';

/** A person of an app, by the id number. */
export interface NamedPerson {
  readonly appId: string;
  readonly idNumber: string;
}

export function personHash(secretBox: SecretBox, { appId, idNumber }: NamedPerson): Uint8Array {
  return secretBox.keyedHash(`${appId}:${idNumber.toUpperCase()}`, 'verifications.person');
}
