/** What each kind of certificate may do. RFC 5280 §4.2.1, RFC 3161 §2.3, RFC 6960 §4.2.2.2. */
import { primitiveContextTag } from '../asn1/tags.ts';
import { NULL, octetString, oid, sequence, tlv, utf8String } from '../asn1/writer.ts';
import { PkiError } from '../error.ts';
import { authorityConstraints, EXTENSION, extension, keyUsageExtension, PURPOSE } from './extensions.ts';

export type CertificateProfile = 'root' | 'issuing-ca' | 'party' | 'tsa' | 'ocsp-responder';

const ANY_POLICY = '2.5.29.32.0';
const USER_NOTICE = '1.3.6.1.5.5.7.2.2';
const OCSP_ACCESS = '1.3.6.1.5.5.7.48.1';
const CA_ISSUERS_ACCESS = '1.3.6.1.5.5.7.48.2';
// RFC 5280 §4.2.1.4.
const LONGEST_NOTICE = 200;

/** Where more about a certificate is found, and the notice shown with it. */
export interface CertificatePointers {
  readonly crlUrl?: string;
  readonly ocspUrl?: string;
  readonly caIssuersUrl?: string;
  /** Text shown to whoever looks at the certificate, such as 沙箱证书,无法律效力. */
  readonly policyNotice?: string;
}

const PROFILES: Readonly<Record<CertificateProfile, readonly Uint8Array[]>> = {
  root: [authorityConstraints(), keyUsageExtension(['keyCertSign', 'crlSign'])],
  'issuing-ca': [authorityConstraints(0), keyUsageExtension(['keyCertSign', 'crlSign'])],
  // RFC 9336 names the purpose; emailProtection is what openssl cms and NSS (pdfsig) ask for by default.
  party: [
    keyUsageExtension(['digitalSignature', 'nonRepudiation']),
    extendedKeyUsage([PURPOSE.documentSigning, PURPOSE.emailProtection]),
  ],
  // RFC 3161 §2.3: exactly this purpose, critical.
  tsa: [keyUsageExtension(['digitalSignature']), extendedKeyUsage([PURPOSE.timeStamping], true)],
  'ocsp-responder': [
    keyUsageExtension(['digitalSignature']),
    extendedKeyUsage([PURPOSE.ocspSigning]),
    extension(EXTENSION.ocspNoCheck, NULL),
  ],
};

export function profileExtensions(profile: CertificateProfile): readonly Uint8Array[] {
  return PROFILES[profile];
}

export function keyIdentifierExtensions(subject: Uint8Array, authority: Uint8Array | undefined): Uint8Array[] {
  const own = extension(EXTENSION.subjectKeyIdentifier, octetString(subject));
  return authority ? [own, authorityKeyIdentifier(authority)] : [own];
}

export function authorityKeyIdentifier(authority: Uint8Array): Uint8Array {
  return extension(EXTENSION.authorityKeyIdentifier, sequence(tlv(primitiveContextTag(0), authority)));
}

export function pointerExtensions(pointers: CertificatePointers): Uint8Array[] {
  const { crlUrl, ocspUrl, caIssuersUrl, policyNotice } = pointers;
  const accesses = [
    ...(ocspUrl ? [accessDescription(OCSP_ACCESS, ocspUrl)] : []),
    ...(caIssuersUrl ? [accessDescription(CA_ISSUERS_ACCESS, caIssuersUrl)] : []),
  ];
  return [
    ...(crlUrl ? [extension(EXTENSION.crlDistributionPoints, distributionPoints(crlUrl))] : []),
    ...(accesses.length > 0 ? [extension(EXTENSION.authorityInformationAccess, sequence(...accesses))] : []),
    ...(policyNotice ? [extension(EXTENSION.certificatePolicies, policyWithNotice(policyNotice))] : []),
  ];
}

function extendedKeyUsage(purposes: readonly string[], isCritical = false): Uint8Array {
  return extension(EXTENSION.extendedKeyUsage, sequence(...purposes.map(oid)), isCritical);
}

function accessDescription(method: string, url: string): Uint8Array {
  return sequence(oid(method), uri(url));
}

/** DistributionPoint [0] → DistributionPointName [0] fullName → GeneralNames. */
function distributionPoints(url: string): Uint8Array {
  return sequence(sequence(tlv(0xa0, tlv(0xa0, uri(url)))));
}

/** anyPolicy may carry a notice (RFC 5280 §4.2.1.4), and claims no object identifier that is not ours. */
function policyWithNotice(notice: string): Uint8Array {
  if (notice.length > LONGEST_NOTICE) {
    throw new PkiError('INVALID_INPUT', `policyNotice is longer than ${LONGEST_NOTICE} characters`);
  }
  const qualifier = sequence(oid(USER_NOTICE), sequence(utf8String(notice)));
  return sequence(sequence(oid(ANY_POLICY), sequence(qualifier)));
}

function uri(url: string): Uint8Array {
  if (!/^[a-z][a-z0-9+.-]*:[\x21-\x7e]{1,2000}$/.test(url)) {
    throw new PkiError('INVALID_INPUT', `not an ASCII URL: ${url}`);
  }
  return utf8String(url, primitiveContextTag(6));
}
