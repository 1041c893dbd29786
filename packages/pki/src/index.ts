export {
  addSignatureTimestamp,
  type DetachedSignatureInput,
  signDetached,
  timestampSubject,
} from './cms/sign-detached.ts';
export { type SignatureVerification, type VerificationOptions, verifyDetached } from './cms/verify-detached.ts';
export { PkiError, type PkiErrorCode } from './error.ts';
export type { SignatureScheme } from './keys/algorithms.ts';
export { generateKeyPair, type KeyAlgorithm, type KeyPair } from './keys/key-pair.ts';
export { type SigningKey, softwareSigningKey } from './keys/signing-key.ts';
export type { PkiProblem, PkiProblemCode } from './problem.ts';
export { type CrlInput, createCrl, type RevokedCertificate } from './revocation/crl.ts';
export { type CertificateStatus, type OcspResponder, respondToOcspRequest } from './revocation/ocsp.ts';
export type { RevocationReason } from './revocation/reason.ts';
export { createTimestampRequest, type TimestampRequestInput } from './timestamp/request.ts';
export { respondToTimestampRequest, timestampToken } from './timestamp/response.ts';
export {
  issueTimestampToken,
  readTimestampToken,
  type TimestampAuthority,
  type TimestampTokenInfo,
} from './timestamp/token.ts';
export {
  type TimestampVerification,
  type TimestampVerificationOptions,
  verifyTimestampToken,
} from './timestamp/verify-token.ts';
export { type CertificateInfo, parseCertificate } from './x509/certificate.ts';
export type { KeyUsage } from './x509/extensions.ts';
export { type CertificateRequest, issueCertificate } from './x509/issue.ts';
export type { DistinguishedName, ParsedName } from './x509/name.ts';
export { fromPem, type PemLabel, toPem } from './x509/pem.ts';
export type { CertificateProfile } from './x509/profile.ts';
export { newSerialNumber } from './x509/serial-number.ts';
