/** Signs the checkpoints of the evidence chain: the port `CheckpointSigner` of the module evidence. */
import { verify as verifySignature, X509Certificate } from 'node:crypto';
import { parseCertificate } from '@signet/pki';
import type { CheckpointSigner } from '../evidence/index.ts';
import type { Authorities } from './authorities.ts';
import { isIssuedBy } from './authority-check.ts';

export function createCheckpointSigner(authorities: Authorities): CheckpointSigner {
  return {
    async sign(data) {
      const { key, certificate } = await authorities.ready('checkpoint');
      return { signature: await key.sign(data), certificate };
    },
    /** Also right for what an earlier, renewed certificate signed. */
    async verify(data, signature, certificate) {
      const root = authorities.current('root').certificate;
      const { subject } = parseCertificate(authorities.current('checkpoint').certificate);
      try {
        // The root issues TSA certificates as well: the name tells which key was meant for checkpoints.
        const isOurs = parseCertificate(certificate).subject.text === subject.text && isIssuedBy(certificate, root);
        return isOurs && isSigned(data, signature, certificate);
      } catch {
        // Bytes that do not decode come from the table, where anyone may have changed them.
        return false;
      }
    },
  };
}

function isSigned(data: Uint8Array, signature: Uint8Array, certificate: Uint8Array): boolean {
  return verifySignature('sha256', data, new X509Certificate(certificate).publicKey, signature);
}
