/** Signs the checkpoints of the evidence chain: the port `CheckpointSigner` of the module evidence. */
import { verify as verifySignature, X509Certificate } from 'node:crypto';
import { parseCertificate } from '@signet/pki';
import type { Authorities } from './authorities.ts';
import { isIssuedBy } from './authority-check.ts';

export interface CheckpointSigner {
  sign(data: Uint8Array): Promise<{ signature: Uint8Array; certificate: Uint8Array }>;
  /** Whether this installation signed the data, now or with an earlier certificate. */
  verify(data: Uint8Array, signature: Uint8Array, certificate: Uint8Array): Promise<boolean>;
}

export function createCheckpointSigner(authorities: Authorities): CheckpointSigner {
  return {
    async sign(data) {
      const { key, certificate } = await authorities.ready('checkpoint');
      return { signature: await key.sign(data), certificate };
    },
    async verify(data, signature, certificate) {
      return isCheckpointCertificate(certificate, authorities) && isSigned(data, signature, certificate);
    },
  };
}

/** The root issues TSA certificates as well: the name tells which key was meant for checkpoints. */
function isCheckpointCertificate(certificate: Uint8Array, authorities: Authorities): boolean {
  try {
    const { subject } = parseCertificate(certificate);
    const own = parseCertificate(authorities.current('checkpoint').certificate).subject;
    return subject.text === own.text && isIssuedBy(certificate, authorities.current('root').certificate);
  } catch {
    return false;
  }
}

function isSigned(data: Uint8Array, signature: Uint8Array, certificate: Uint8Array): boolean {
  return verifySignature('sha256', data, new X509Certificate(certificate).publicKey, signature);
}
