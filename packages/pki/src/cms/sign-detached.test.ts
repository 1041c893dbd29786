import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authorities, createAuthorities, DIGEST, DOCUMENT } from '../../testing/authorities.ts';
import { openWorkbench, type Workbench } from '../../testing/openssl.ts';
import { signBasic, signTimestamped, tokenFor } from '../../testing/signing.ts';
import type { KeyAlgorithm } from '../keys/key-pair.ts';
import { toPem } from '../x509/pem.ts';
import { addSignatureTimestamp, signDetached, timestampSubject } from './sign-detached.ts';

const ALGORITHMS: readonly KeyAlgorithm[] = ['p256', 'rsa-2048', 'rsa-3072'];

let workbench: Workbench;
let authorities: Authorities;
beforeAll(async () => {
  workbench = openWorkbench();
  authorities = await createAuthorities();
});
afterAll(() => workbench.remove());

function opensslVerdict(cms: Uint8Array, root: Uint8Array, document: Uint8Array = DOCUMENT) {
  workbench.write({ 'cms.der': cms, document, 'root.pem': toPem(root, 'CERTIFICATE') });
  const files = ['-in', 'cms.der', '-inform', 'DER', '-content', 'document', '-CAfile', 'root.pem', '-out', 'content'];
  return workbench.openssl('cms', '-verify', '-cades', '-binary', '-attime', '1795507200', ...files);
}

describe('a detached signature', () => {
  it.each(ALGORITHMS)('of %s is accepted by openssl, with and without its timestamp', async (algorithm) => {
    const own = await createAuthorities(algorithm);

    const basic = opensslVerdict(await signBasic(own), own.root.certificate);
    const timestamped = opensslVerdict(await signTimestamped(own), own.root.certificate);

    expect(basic.output).toContain('CAdES Verification successful');
    expect(timestamped.output).toContain('CAdES Verification successful');
  });

  it('is refused by openssl over another document', async () => {
    const verdict = opensslVerdict(await signBasic(authorities), authorities.root.certificate, Buffer.from('other'));

    expect(verdict.ok).toBe(false);
  });

  it('has the attributes of PAdES and no signing time', async () => {
    workbench.write({ 'print.der': await signBasic(authorities) });

    const { output } = workbench.openssl('cms', '-cmsout', '-print', '-noout', '-inform', 'DER', '-in', 'print.der');

    expect(output).toContain('contentType (1.2.840.113549.1.9.3)');
    expect(output).toContain('messageDigest (1.2.840.113549.1.9.4)');
    expect(output).toContain('id-smime-aa-signingCertificateV2 (1.2.840.113549.1.9.16.2.47)');
    expect(output).not.toContain('signingTime');
    expect(output).toContain('eContent: <ABSENT>');
  });

  it('keeps every signed byte when the timestamp is added', async () => {
    const cms = await signBasic(authorities);

    const timestamped = addSignatureTimestamp(cms, await tokenFor(cms, authorities));

    expect(timestampSubject(timestamped)).toEqual(timestampSubject(cms));
  });

  it('is not made with a digest of another length, or with a key of another certificate', async () => {
    const { party, tsa } = authorities;
    const input = { digest: DIGEST, chain: [], certificate: party.certificate, key: party.key };

    await expect(signDetached({ ...input, digest: DIGEST.slice(1) })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(signDetached({ ...input, key: tsa.key })).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
  });

  it('takes one timestamp only', async () => {
    const timestamped = await signTimestamped(authorities);
    const token = await tokenFor(timestamped, authorities);

    expect(() => addSignatureTimestamp(timestamped, token)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});
