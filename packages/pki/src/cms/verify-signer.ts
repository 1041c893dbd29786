/** Checks the one SignerInfo of a SignedData against the digest of its content. RFC 5652 §5.4, §5.6; RFC 5035 §5. */
import { childrenOf, type Der, readOctetString, readOid } from '../asn1/reader.ts';
import { contextTag, primitiveContextTag } from '../asn1/tags.ts';
import { type HashName, readHash, readIdentifier, readSignatureAlgorithm } from '../keys/algorithms.ts';
import { isSignedBy, type PublicKey, readPublicKey } from '../keys/public-key.ts';
import { type PkiProblem, problem } from '../problem.ts';
import { type Certificate, isSameBytes } from '../x509/certificate.ts';
import { ATTRIBUTE, type Attribute, namesCertificate } from './attributes.ts';
import { type SignedData, type SignerInfo, signerCertificate } from './signed-data-reader.ts';
import { CONTENT_TYPE } from './signed-data-writer.ts';

export interface SignerVerdict {
  readonly certificate: Certificate;
  readonly hash: HashName | undefined;
  readonly keyType: PublicKey['type'];
  readonly problems: readonly PkiProblem[];
}

/** `digestOf` gives the digest of the content, or undefined where the caller does not have it for that hash. */
export function verifySigner(
  signedData: SignedData,
  contentType: string,
  digestOf: (hash: HashName) => Uint8Array | undefined,
): SignerVerdict {
  const { signerInfo } = signedData;
  const certificate = signerCertificate(signedData);
  const key = readPublicKey(certificate.publicKey);
  const hash = readHash(signerInfo.digestAlgorithm);
  const problems = [
    ...structureProblems(signedData),
    ...attributeProblems(signerInfo, contentType, certificate),
    ...digestProblems(signerInfo, hash && digestOf(hash)),
    ...signatureProblems(signerInfo, key, hash),
  ];
  return { certificate, hash, keyType: key.type, problems };
}

/** Fields that no signature covers must still be what RFC 5652 §5.1 and §5.3 derive from the rest. */
function structureProblems(signedData: SignedData): PkiProblem[] {
  const { signerInfo, digestAlgorithms } = signedData;
  const listed = digestAlgorithms.map((der) => readIdentifier(der).algorithm);
  const isListed = listed.includes(readIdentifier(signerInfo.digestAlgorithm).algorithm);
  const signerVersion = signerInfo.identifier.tag === primitiveContextTag(0) ? 3 : 1;
  return [
    ...(isListed ? [] : [problem('STRUCTURE_INVALID', 'digestAlgorithms does not list the digest algorithm')]),
    ...(signerInfo.version === signerVersion ? [] : [problem('STRUCTURE_INVALID', 'wrong version of SignerInfo')]),
    ...(signedData.version === versionOf(signedData)
      ? []
      : [problem('STRUCTURE_INVALID', 'wrong version of SignedData')]),
  ];
}

function versionOf({ certificateSet, crlSet, contentType, signerInfo }: SignedData): number {
  if (hasChoice(certificateSet, 3) || hasChoice(crlSet, 1)) {
    return 5;
  }
  if (hasChoice(certificateSet, 2)) {
    return 4;
  }
  const isPlain = contentType === CONTENT_TYPE.data && signerInfo.version !== 3 && !hasChoice(certificateSet, 1);
  return isPlain ? 1 : 3;
}

function hasChoice(set: Der | undefined, number: number): boolean {
  return set !== undefined && childrenOf(set).some(({ tag }) => tag === contextTag(number));
}

function attributeProblems(info: SignerInfo, contentType: string, certificate: Certificate): PkiProblem[] {
  const type = singleValue(info.signedAttributes, ATTRIBUTE.contentType);
  const signing = singleValue(info.signedAttributes, ATTRIBUTE.signingCertificateV2);
  const problems = [type, signing].filter(isProblem);
  if (!isProblem(type) && readOid(type) !== contentType) {
    problems.push(problem('ATTRIBUTE_INVALID', 'content-type is not that of the content'));
  }
  if (!isProblem(signing) && !namesCertificate(signing, certificate)) {
    problems.push(problem('SIGNING_CERTIFICATE_MISMATCH', 'signing-certificate-v2 names another certificate'));
  }
  return problems;
}

function digestProblems(info: SignerInfo, digest: Uint8Array | undefined): PkiProblem[] {
  if (!digest) {
    return [problem('ALGORITHM_NOT_ALLOWED', 'digest algorithm of the signature')];
  }
  const value = singleValue(info.signedAttributes, ATTRIBUTE.messageDigest);
  if (isProblem(value)) {
    return [value];
  }
  return isSameBytes(readOctetString(value), digest)
    ? []
    : [problem('DIGEST_MISMATCH', 'message-digest is not the digest of the content')];
}

function signatureProblems(info: SignerInfo, key: PublicKey, hash: HashName | undefined): PkiProblem[] {
  const algorithm = readSignatureAlgorithm(info.signatureAlgorithm);
  const isFit = algorithm && algorithm.keyType === key.type && (algorithm.hash ?? hash) === hash;
  if (!isFit || hash === undefined) {
    return [problem('ALGORITHM_NOT_ALLOWED', 'signature algorithm')];
  }
  if (key.weakness !== undefined) {
    return [problem('KEY_TOO_WEAK', key.weakness)];
  }
  return info.signedBytes && isSignedBy(key, hash, info.signedBytes, info.signature)
    ? []
    : [problem('SIGNATURE_INVALID', 'signature value does not match the signed attributes')];
}

/** RFC 5652 §11: each of these attributes stands once and has one value; a second one is room for a forgery. */
function singleValue(attributes: readonly Attribute[], type: string): Der | PkiProblem {
  const [first, ...more] = attributes.filter((attribute) => attribute.type === type);
  if (!first) {
    return problem('ATTRIBUTE_MISSING', `signed attribute ${type}`);
  }
  const [value, ...others] = first.values;
  return value && more.length + others.length === 0
    ? value
    : problem('ATTRIBUTE_REPEATED', `signed attribute ${type} does not have exactly one value`);
}

function isProblem(value: Der | PkiProblem): value is PkiProblem {
  return 'code' in value;
}
