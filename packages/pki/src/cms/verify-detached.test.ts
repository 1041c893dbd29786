import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Authorities,
  createAuthorities,
  DIGEST,
  DOCUMENT,
  issueTo,
  NOT_AFTER,
  NOT_BEFORE,
  NOW,
  sha256,
  timestampAuthority,
} from '../../testing/authorities.ts';
import {
  flipAt,
  flipBit,
  forgeSignature,
  regularAttributes,
  unsignedTimestamp,
  withCertificates,
} from '../../testing/forge.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { signBasic, signTimestamped, tokenFor } from '../../testing/signing.ts';
import { softwareSigningKey } from '../keys/signing-key.ts';
import { issueTimestampToken } from '../timestamp/token.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { fromPem, toPem } from '../x509/pem.ts';
import { addSignatureTimestamp, signDetached, timestampSubject } from './sign-detached.ts';
import { verifyDetached } from './verify-detached.ts';

const HOUR = 3_600_000;

let authorities: Authorities;
let workbench: Workbench;
beforeAll(async () => {
  authorities = await createAuthorities();
  workbench = openWorkbench();
});
afterAll(() => workbench.remove());

function verify(cms: Uint8Array, options: Partial<Parameters<typeof verifyDetached>[2]> = {}) {
  return verifyDetached(cms, DIGEST, { trustAnchors: [authorities.root.certificate], ...options });
}

async function problemsOf(cms: Uint8Array, options?: Partial<Parameters<typeof verifyDetached>[2]>) {
  const { valid, problems } = await verify(cms, options);
  expect(valid).toBe(problems.length === 0);
  return problems.map(({ code }) => code);
}

describe('a good signature', () => {
  it.each(['p256', 'rsa-2048'] as const)(
    'of %s with a timestamp is valid at the time of the timestamp',
    async (algorithm) => {
      const own = await createAuthorities(algorithm);
      const cms = await signTimestamped(own);

      const verdict = await verifyDetached(cms, DIGEST, { trustAnchors: [own.root.certificate] });

      expect(verdict).toMatchObject({
        valid: true,
        problems: [],
        scheme: algorithm === 'p256' ? 'ecdsa-sha256' : 'rsa-sha256',
        timestamp: { valid: true, problems: [], time: NOW },
      });
      expect(verdict.certificate).toEqual(own.party.certificate);
      expect(verdict.chain).toEqual([own.issuing.certificate, own.root.certificate]);
      expect(verdict.timestamp?.certificate).toEqual(own.tsa.certificate);
    },
  );

  it('without a timestamp needs to be told the time', async () => {
    const cms = await signBasic(authorities);

    expect(await problemsOf(cms, { at: NOW })).toEqual([]);
    expect(await problemsOf(cms)).toEqual(['VALIDATION_TIME_UNKNOWN']);
  });

  it('stays valid after its certificate has expired, because of the timestamp', async () => {
    const short = {
      profile: 'party',
      subject: { commonName: '短' },
      notAfter: new Date(NOW.getTime() + HOUR),
    } as const;
    const cms = await signTimestamped(authorities, await issueTo(short, authorities.issuing));

    expect(await problemsOf(cms)).toEqual([]);
    expect(await problemsOf(cms, { at: new Date(NOW.getTime() + 2 * HOUR) })).toEqual(['CERTIFICATE_EXPIRED']);
  });

  it('may trust the issuing authority alone', async () => {
    const cms = await signBasic(authorities);

    expect(await problemsOf(cms, { trustAnchors: [authorities.issuing.certificate], at: NOW })).toEqual([]);
  });

  it('made by openssl is valid for us too', async () => {
    const { issuing } = authorities;
    const pair = workbench.openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256');
    const key = softwareSigningKey(fromPem(Buffer.from(pair.bytes).toString(), 'PRIVATE KEY'));
    const request = { profile: 'party', subject: { commonName: 'openssl' }, publicKey: key.publicKey } as const;
    const { certificate } = await issueTo(request, issuing);
    workbench.write({
      'key.pem': pair.bytes,
      'signer.pem': toPem(certificate, 'CERTIFICATE'),
      'issuing.pem': toPem(issuing.certificate, 'CERTIFICATE'),
      document: DOCUMENT,
    });

    const signer = ['-signer', 'signer.pem', '-inkey', 'key.pem', '-certfile', 'issuing.pem'];
    const made = workbench.openssl(
      'cms',
      '-sign',
      '-cades',
      '-binary',
      '-outform',
      'DER',
      '-in',
      'document',
      ...signer,
    );

    expect(made.ok).toBe(true);
    expect(await problemsOf(made.bytes, { at: NOW })).toEqual([]);
  });
});

describe('certificates that nobody needs', () => {
  it('do not spoil a signature, whatever they are', async () => {
    const { party, issuing, tsa } = authorities;
    const sm2 = [
      'req',
      '-x509',
      '-newkey',
      'sm2',
      '-nodes',
      '-subj',
      '/CN=SM2',
      '-outform',
      'DER',
      '-keyout',
      'sm2.key',
    ];
    const foreign = workbench.openssl(...sm2).bytes;
    const cms = await signBasic(authorities);

    const others = [tsa.certificate, foreign, Uint8Array.of(0x30, 0)];
    const crowded = withCertificates(cms, [party.certificate, issuing.certificate, ...others]);

    expect(foreign.length).toBeGreaterThan(300);
    expect(await problemsOf(crowded, { at: NOW })).toEqual([]);
  });

  it('are not taken for the issuer because they bear its name', async () => {
    const { party, issuing } = authorities;
    const namesake = await issueTo({ profile: 'root', subject: { commonName: 'Test Issuing CA' } });
    const cms = await signBasic(authorities);

    const both = withCertificates(cms, [namesake.certificate, party.certificate, issuing.certificate]);
    const only = withCertificates(cms, [namesake.certificate, party.certificate]);

    expect(await problemsOf(both, { at: NOW })).toEqual([]);
    expect(await problemsOf(only, { at: NOW })).toEqual(['CHAIN_INCOMPLETE']);
  });
});

describe('tampering is found:', () => {
  it('another document', async () => {
    const cms = await signTimestamped(authorities);

    const verdict = await verifyDetached(cms, sha256(Buffer.from('other')), {
      trustAnchors: [authorities.root.certificate],
    });

    expect(verdict.problems.map(({ code }) => code)).toEqual(['DIGEST_MISMATCH']);
  });

  it('a flipped bit in the signed attributes', async () => {
    expect(await problemsOf(flipAt(await signBasic(authorities), DIGEST), { at: NOW })).toEqual([
      'DIGEST_MISMATCH',
      'SIGNATURE_INVALID',
    ]);
  });

  it('another certificate of the same key, name and number', async () => {
    const { party, issuing } = authorities;
    const cms = await signBasic(authorities);
    const { serialNumber } = parseCertificate(party.certificate);
    const twin = await issueTo(
      {
        profile: 'party',
        subject: { commonName: '李四' },
        publicKey: party.key.publicKey,
        serialNumber: Buffer.from(serialNumber, 'hex'),
      },
      issuing,
    );

    const swapped = withCertificates(cms, [twin.certificate, issuing.certificate]);

    expect(await problemsOf(swapped, { at: NOW })).toEqual(['SIGNING_CERTIFICATE_MISMATCH']);
  });

  it('the signer’s certificate taken out', async () => {
    const stripped = withCertificates(await signBasic(authorities), [authorities.issuing.certificate]);

    await expect(verify(stripped)).rejects.toMatchObject({ name: 'PkiError', code: 'CERTIFICATE_MISSING' });
  });

  it('a signed attribute that stands twice, or has two values', async () => {
    const { party, issuing } = authorities;
    const regular = regularAttributes(DIGEST, party.certificate);
    const other = regularAttributes(sha256(Buffer.from('other')), party.certificate);
    const attributes = [
      ...regular,
      ...other.filter((attribute) => !regular.some((own) => Buffer.compare(own, attribute) === 0)),
    ];
    const forged = { signer: party, certificates: [party.certificate, issuing.certificate] };

    const cms = await forgeSignature({ ...forged, attributes });

    expect(await problemsOf(cms, { at: NOW })).toEqual(['ATTRIBUTE_REPEATED']);
  });

  it.each([0, 1, 2])('signed attribute number %i left out', async (index) => {
    const { party, issuing } = authorities;
    const attributes = regularAttributes(DIGEST, party.certificate).toSpliced(index, 1);

    const cms = await forgeSignature({
      signer: party,
      certificates: [party.certificate, issuing.certificate],
      attributes,
    });

    expect(await problemsOf(cms, { at: NOW })).toEqual(['ATTRIBUTE_MISSING']);
  });

  it('content inside a signature that should be detached', async () => {
    const { party, issuing } = authorities;
    const attributes = regularAttributes(DIGEST, party.certificate);
    const certificates = [party.certificate, issuing.certificate];

    const cms = await forgeSignature({ signer: party, certificates, attributes, content: DOCUMENT });

    expect(await problemsOf(cms, { at: NOW })).toEqual(['STRUCTURE_INVALID']);
  });
});

describe('the chain must hold:', () => {
  it('another root', async () => {
    const stranger = await createAuthorities();

    const codes = await problemsOf(await signBasic(authorities), {
      at: NOW,
      trustAnchors: [stranger.root.certificate],
    });

    expect(codes).toContain('CHAIN_INCOMPLETE');
  });

  it('no certificate in between', async () => {
    const { party } = authorities;
    const cms = await signDetached({ digest: DIGEST, ...party, chain: [] });

    expect(await problemsOf(cms, { at: NOW })).toEqual(['CHAIN_INCOMPLETE']);
  });

  it('a damaged signature of an issuer', async () => {
    const { party, issuing } = authorities;
    const damaged = flipBit(issuing.certificate, issuing.certificate.length - 1);

    const broken = withCertificates(await signBasic(authorities), [party.certificate, damaged]);

    expect(await problemsOf(broken, { at: NOW })).toEqual(['CHAIN_INCOMPLETE', 'CHAIN_SIGNATURE_INVALID']);
  });

  it('a party that issues certificates', async () => {
    const { party, issuing } = authorities;
    const { subject } = parseCertificate(party.certificate);
    const { text: _, ...name } = subject;
    const disguise = await issueTo({
      profile: 'root',
      subject: name,
      publicKey: party.key.publicKey,
      issuerKey: party.key,
    });
    const victim = await issueTo(
      { profile: 'party', subject: { commonName: '受害者' } },
      { ...disguise, key: party.key },
    );

    const cms = await signDetached({ digest: DIGEST, ...victim, chain: [party.certificate, issuing.certificate] });

    expect(await problemsOf(cms, { at: NOW })).toEqual([
      'NOT_A_CERTIFICATE_AUTHORITY',
      'KEY_USAGE_INVALID',
      'PATH_TOO_LONG',
    ]);
  });

  it('an authority below one that may have none', async () => {
    const { issuing } = authorities;
    const lower = await issueTo({ profile: 'issuing-ca', subject: { commonName: 'Lower CA' } }, issuing);
    const party = await issueTo({ profile: 'party', subject: { commonName: 'x' } }, lower);

    const cms = await signDetached({ digest: DIGEST, ...party, chain: [lower.certificate, issuing.certificate] });

    expect(await problemsOf(cms, { at: NOW })).toEqual(['PATH_TOO_LONG']);
  });

  it('certificates for something else', async () => {
    const { tsa, ocsp, issuing } = authorities;

    expect(await problemsOf(await signBasic(authorities, tsa), { at: NOW })).toEqual(['EXTENDED_KEY_USAGE_INVALID']);
    expect(await problemsOf(await signBasic(authorities, ocsp), { at: NOW })).toEqual(['EXTENDED_KEY_USAGE_INVALID']);
    expect(await problemsOf(await signBasic(authorities, issuing), { at: NOW })).toEqual(['KEY_USAGE_INVALID']);
  });

  it('the validity of every certificate', async () => {
    const cms = await signBasic(authorities);
    const [before, after] = [new Date(NOT_BEFORE.getTime() - 1000), new Date(NOT_AFTER.getTime() + 1000)];

    expect(await problemsOf(cms, { at: before })).toEqual(Array(3).fill('CERTIFICATE_NOT_YET_VALID'));
    expect(await problemsOf(cms, { at: after })).toEqual(Array(3).fill('CERTIFICATE_EXPIRED'));
    expect(await problemsOf(cms, { at: NOT_AFTER })).toEqual([]);
  });

  it('keys and digests that are strong enough', async () => {
    workbench.write({ document: DOCUMENT });
    const subject = ['-subj', '/CN=weak', '-days', '365000', '-nodes'];
    workbench.openssl('req', '-x509', '-newkey', 'rsa:1024', ...subject, '-keyout', 'weak.key', '-out', 'weak.pem');
    workbench.openssl('req', '-x509', '-newkey', 'rsa:2048', ...subject, '-keyout', 'fit.key', '-out', 'fit.pem');
    const sign = ['cms', '-sign', '-cades', '-binary', '-outform', 'DER', '-in', 'document'];
    const weak = workbench.openssl(...sign, '-signer', 'weak.pem', '-inkey', 'weak.key');
    const sha1 = workbench.openssl(...sign, '-md', 'sha1', '-signer', 'fit.pem', '-inkey', 'fit.key');

    expect(await problemsOf(weak.bytes, { at: NOW })).toContain('KEY_TOO_WEAK');
    expect(await problemsOf(sha1.bytes, { at: NOW })).toContain('ALGORITHM_NOT_ALLOWED');
  });
});

describe('the timestamp must be that of the signature:', () => {
  it('a timestamp of another signature', async () => {
    const [first, second] = [await signBasic(authorities), await signBasic(authorities)];

    const verdict = await verify(addSignatureTimestamp(first, await tokenFor(second, authorities)));

    expect(verdict.problems.map(({ code }) => code)).toEqual(['VALIDATION_TIME_UNKNOWN', 'TIMESTAMP_INVALID']);
    expect(verdict.timestamp?.problems.map(({ code }) => code)).toEqual(['DIGEST_MISMATCH']);
  });

  it('a timestamp of someone who is no authority for it', async () => {
    const cms = await signBasic(authorities);
    const { party, issuing } = authorities;
    const tsa = { ...timestampAuthority(party), chain: [issuing.certificate] };

    const verdict = await verify(
      addSignatureTimestamp(cms, await issueTimestampToken({ digest: timestampSubject(cms), tsa })),
    );

    expect(verdict.valid).toBe(false);
    expect(verdict.timestamp?.problems.map(({ code }) => code)).toEqual(['EXTENDED_KEY_USAGE_INVALID']);
  });

  it('a timestamp from outside the authority’s validity', async () => {
    const cms = await signBasic(authorities);
    const token = await tokenFor(cms, authorities, new Date(NOT_AFTER.getTime() + HOUR));

    const verdict = await verify(addSignatureTimestamp(cms, token), { at: NOW });

    expect(verdict.problems.map(({ code }) => code)).toEqual(['TIMESTAMP_INVALID']);
    expect(verdict.timestamp?.problems.map(({ code }) => code)).toContain('CERTIFICATE_EXPIRED');
  });

  it('two timestamps, or one that is none', async () => {
    const { party, issuing } = authorities;
    const forged = {
      signer: party,
      certificates: [party.certificate, issuing.certificate],
      attributes: regularAttributes(DIGEST, party.certificate),
    };
    const token = unsignedTimestamp(await tokenFor(await signBasic(authorities), authorities));
    const none = unsignedTimestamp(Uint8Array.of(0x30, 0));

    const twice = await forgeSignature({ ...forged, unsigned: [token, token] });
    const empty = await forgeSignature({ ...forged, unsigned: [none] });

    expect(await problemsOf(twice, { at: NOW })).toEqual(['ATTRIBUTE_REPEATED']);
    expect(await problemsOf(empty, { at: NOW })).toEqual(['TIMESTAMP_INVALID']);
  });
});
