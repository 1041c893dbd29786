import { addSignatureTimestamp, issueTimestampToken, signDetached, timestampSubject } from '../src/index.ts';
import { type Authorities, DIGEST, type Holder, timestampAuthority } from './authorities.ts';

/** A B-B signature of the party, or of another holder. */
export function signBasic({ party, issuing }: Authorities, signer: Holder = party): Promise<Uint8Array> {
  return signDetached({ digest: DIGEST, ...signer, chain: [issuing.certificate] });
}

/** A B-T signature of the party, or of another holder. */
export async function signTimestamped(authorities: Authorities, signer?: Holder): Promise<Uint8Array> {
  const cms = await signBasic(authorities, signer);
  return addSignatureTimestamp(cms, await tokenFor(cms, authorities));
}

export function tokenFor(cms: Uint8Array, { tsa }: Authorities, time?: Date): Promise<Uint8Array> {
  return issueTimestampToken({ digest: timestampSubject(cms), tsa: timestampAuthority(tsa, time) });
}
