import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  addSignatureTimestamp,
  parseCertificate,
  signDetached,
  timestampSubject,
  toPem,
  verifyDetached,
} from '@signet/pki';
import { describe, expect, it } from 'vitest';
import { certificates as certificateTable } from './schema.ts';
import { COMPANY, START, useInstallation, ZHANG } from './testing/installation.ts';

const installation = useInstallation();

function fingerprints(certificates: readonly Uint8Array[]): string[] {
  return certificates.map((certificate) => parseCertificate(certificate).fingerprint);
}

describe('a party', () => {
  it('gets a certificate with its name and without its id number', async () => {
    const certificates = await installation.startedServer();

    const { certificate, chain, key } = await certificates.identityOf(ZHANG);

    const { subject, publicKey, notAfter } = parseCertificate(certificate);
    expect(subject.commonName).toBe('张三');
    expect(subject.organizationalUnit).toBe('沙箱证书 无法律效力 / Sandbox – no legal effect');
    expect(subject.serialNumber).toMatch(/^[0-9a-f]{32}$/);
    expect(Buffer.from(certificate).includes(ZHANG.idNumber)).toBe(false);
    expect(publicKey).toEqual(key.publicKey);
    expect(notAfter).toEqual(new Date('2028-11-24T02:00:00Z'));
    expect(fingerprints(chain)).toEqual(fingerprints(certificates.chainOf('issuing-ca').slice(0, 1)));
  });

  it('that is a company is named with its credit code', async () => {
    const certificates = await installation.startedServer({ mode: 'production' });

    const { certificate } = await certificates.identityOf(COMPANY);

    expect(parseCertificate(certificate).subject).toMatchObject({
      commonName: COMPANY.name,
      organization: COMPANY.name,
      organizationIdentifier: 'NTRCN-913301087458306077',
      country: 'CN',
    });
    expect(parseCertificate(certificate).subject.organizationalUnit).toBeUndefined();
  });

  it('ends with one certificate, however many first uses run at once on several servers', async () => {
    const servers = [await installation.startedServer(), await installation.startedServer()];

    const identities = await Promise.all(Array.from({ length: 60 }, (_, i) => servers[i % 2]!.identityOf(ZHANG)));

    expect(new Set(identities.map(({ serialNumber }) => serialNumber)).size).toBe(1);
    expect(await installation.database.db.$count(certificateTable)).toBe(1);
  });

  it('keeps its certificate after a restart', async () => {
    const before = await (await installation.startedServer()).identityOf(ZHANG);

    const after = await (await installation.startedServer()).identityOf(ZHANG);

    expect(after.serialNumber).toBe(before.serialNumber);
    expect(await after.key.sign(Buffer.from('data'))).toBeInstanceOf(Uint8Array);
  });

  it('signs what verifies against the root alone', async () => {
    const certificates = await installation.startedServer();
    const digest = Buffer.alloc(32, 5);

    const cms = await signDetached({ digest, ...(await certificates.identityOf(ZHANG)) });

    const verification = await verifyDetached(cms, digest, { trustAnchors: certificates.trustAnchors(), at: START });
    expect(verification).toMatchObject({ valid: true, problems: [] });
  });

  it.each(['p256', 'rsa-2048', 'rsa-3072'] as const)(
    'signs with %s what openssl accepts with nothing but the root',
    async (partyKeyAlgorithm) => {
      const certificates = await installation.startedServer({ partyKeyAlgorithm });
      const data = Buffer.from('the signed bytes');
      const digest = createHash('sha256').update(data).digest();

      const cms = await signDetached({ digest, ...(await certificates.identityOf(COMPANY)) });
      const timestamped = addSignatureTimestamp(cms, await certificates.timestamp(timestampSubject(cms)));
      certificates.close();

      const [root] = certificates.trustAnchors();
      expect(await opensslVerdict({ cms: timestamped, data, root: root! })).toContain('CAdES Verification successful');
    },
  );

  it.each([
    ['another name', { name: '张三丰' }],
    ['another id number', { idNumber: '110101199003071234' }],
  ])('gets a new certificate for %s', async (_, change) => {
    const certificates = await installation.startedServer();
    const before = await certificates.identityOf(ZHANG);

    const after = await certificates.identityOf({ ...ZHANG, ...change });

    expect(after.serialNumber).not.toBe(before.serialNumber);
    expect((await certificates.identityOf(ZHANG)).serialNumber).toBe(before.serialNumber);
  });

  it('has another certificate in another app', async () => {
    const certificates = await installation.startedServer();

    const here = await certificates.identityOf(ZHANG);
    const there = await certificates.identityOf({ ...ZHANG, appId: 'app-2' });

    const [left, right] = [here, there].map(({ certificate }) => parseCertificate(certificate).subject.serialNumber);
    expect(left).not.toBe(right);
  });

  it('gets a new certificate thirty days before the end of the old one', async () => {
    const certificates = await installation.startedServer();
    const first = await certificates.identityOf(ZHANG);

    installation.clock.set(new Date('2028-10-24T00:00:00Z'));
    const sameUntilThen = await certificates.identityOf(ZHANG);
    installation.clock.set(new Date('2028-10-26T00:00:00Z'));
    const renewed = await certificates.identityOf(ZHANG);

    expect(sameUntilThen.serialNumber).toBe(first.serialNumber);
    expect(renewed.serialNumber).not.toBe(first.serialNumber);
    expect(renewed.notAfter).toEqual(new Date('2030-10-26T00:00:00Z'));
  });

  it('signs with RSA when the operator wants it', async () => {
    const certificates = await installation.startedServer({ partyKeyAlgorithm: 'rsa-2048' });

    const { key, certificate } = await certificates.identityOf(ZHANG);
    certificates.close();

    expect(key.scheme).toBe('rsa-sha256');
    expect(new X509Certificate(certificate).publicKey.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
  });
});

async function opensslVerdict(files: { cms: Uint8Array; data: Uint8Array; root: Uint8Array }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'signet-certificates-'));
  try {
    await writeFile(join(folder, 'signature.der'), files.cms);
    await writeFile(join(folder, 'data'), files.data);
    await writeFile(join(folder, 'root.pem'), toPem(files.root, 'CERTIFICATE'));
    const parameters = [
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.der', '-content', 'data'],
      ...['-CAfile', 'root.pem', '-out', 'verified', '-attime', String(START.getTime() / 1000)],
    ];
    const { stdout, stderr } = await promisify(execFile)('openssl', parameters, { cwd: folder });
    return stdout + stderr;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
