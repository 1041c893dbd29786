import { X509Certificate } from 'node:crypto';
import { parseCertificate, readTimestampToken, signDetached, verifyDetached, verifyTimestampToken } from '@signet/pki';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createSecretBox } from '../../kernel/secret-box.ts';
import { authorities } from './schema.ts';
import { START, useInstallation, ZHANG } from './testing/installation.ts';

const installation = useInstallation();

function fingerprints(certificates: readonly Uint8Array[]): string[] {
  return certificates.map((certificate) => parseCertificate(certificate).fingerprint);
}

describe('the first start', () => {
  it('makes one set of authorities, however many servers start at once', async () => {
    const servers = Array.from({ length: 5 }, () => installation.server());

    await Promise.all(servers.map((each) => each.initialize()));

    const roots = new Set(servers.flatMap((each) => fingerprints(each.trustAnchors())));
    const timestampers = new Set(servers.flatMap((each) => fingerprints(each.chainOf('tsa'))));
    expect(roots.size).toBe(1);
    expect(timestampers.size).toBe(2);
    expect(await installation.database.db.$count(authorities)).toBe(5);
  });

  it('names the installation by a suffix of its own', async () => {
    const certificates = await installation.startedServer();

    const names = certificates.chainOf('ocsp-responder').map((each) => parseCertificate(each).subject.commonName);

    const suffix = names[2]?.slice(-8);
    expect(suffix).toMatch(/^[0-9A-F]{8}$/);
    expect(names).toEqual([
      `Signet OCSP Responder ${suffix}`,
      `Signet Issuing CA ${suffix}`,
      `Signet Root CA ${suffix}`,
    ]);
  });

  it('stores no key that the database alone could use', async () => {
    await installation.startedServer();

    const rows = await installation.database.db.select().from(authorities);

    const asPkcs8 = rows.map(({ privateKey }) =>
      Buffer.from(privateKey).includes(Buffer.from('2a8648ce3d0201', 'hex')),
    );
    expect(asPkcs8).toEqual([false, false, false, false, false]);
  });
});

describe('a later start', () => {
  it('uses what is there', async () => {
    const first = await installation.startedServer();

    const second = await installation.startedServer();

    expect(fingerprints(second.chainOf('tsa'))).toEqual(fingerprints(first.chainOf('tsa')));
  });

  it('refuses another master key and names the mend', async () => {
    await installation.startedServer();

    const start = installation.server({ secretBox: createSecretBox(new Uint8Array(32).fill(1)) }).initialize();

    await expect(start).rejects.toThrow(
      /The private key of the .+ does not open with this master key\. Mend: set SIGNET_MASTER_KEY/,
    );
  });

  it('refuses a key that lies beside the wrong certificate', async () => {
    await installation.startedServer();
    const [root] = await installation.database.db.select().from(authorities).where(eq(authorities.role, 'root'));
    await installation.database.transaction((tx) =>
      tx.update(authorities).set({ certificate: root!.certificate }).where(eq(authorities.role, 'tsa')),
    );

    await expect(installation.server().initialize()).rejects.toThrow(
      'The private key of the Timestamp Authority does not belong to its certificate.',
    );
  });

  it('refuses to put a new root above certificates that are in use', async () => {
    await installation.startedServer();
    await installation.database.transaction((tx) => tx.delete(authorities).where(eq(authorities.role, 'root')));

    await expect(installation.server().initialize()).rejects.toThrow(
      /was not issued by the stored CA\. Mend: restore the table "authorities" from a backup/,
    );
  });

  it('refuses a clock that stands before the certificates begin', async () => {
    await installation.startedServer();
    installation.clock.advance({ days: -1 });

    await expect(installation.server().initialize()).rejects.toThrow(
      /begins at 2026-11-24.+Mend: set the clock of this machine/,
    );
  });

  it('issues certificates that name the new address when the public URL has changed', async () => {
    const before = await installation.startedServer();

    const after = await installation.startedServer({ publicUrl: 'https://sign.example.org/' });

    const responder = new X509Certificate(after.chainOf('ocsp-responder')[0]!);
    const rows = await installation.database.db.select().from(authorities);
    expect(responder.infoAccess).toContain('URI:https://sign.example.org/trust/issuing-ca.cer');
    expect(after.trustAnchors()).toEqual(before.trustAnchors());
    expect(rows).toHaveLength(5);
  });
});

describe('authorities near their end', () => {
  it('renews the timestamp key every year while its tokens stay valid for nine', async () => {
    const certificates = await installation.startedServer();
    const digest = Buffer.alloc(32, 1);
    const old = await certificates.timestamp(digest);

    installation.clock.advance({ days: 360 });
    const token = await certificates.timestamp(digest);

    const [before, after] = [old, token].map((each) => parseCertificate(readTimestampToken(each).certificate));
    expect(after?.publicKey).not.toEqual(before?.publicKey);
    expect(before!.notAfter.getTime() - installation.clock.now().getTime()).toBeGreaterThan(9 * 365 * 24 * 3600_000);
    expect((await verifyTimestampToken(old, digest, { trustAnchors: certificates.trustAnchors() })).valid).toBe(true);
    expect((await verifyTimestampToken(token, digest, { trustAnchors: certificates.trustAnchors() })).valid).toBe(true);
  });

  it('agrees on one new key when two servers renew at once', async () => {
    const servers = [await installation.startedServer(), await installation.startedServer()];
    installation.clock.advance({ days: 400 });

    await Promise.all(servers.map((each) => each.timestamp(Buffer.alloc(32))));

    expect(fingerprints(servers[0]!.chainOf('tsa'))).toEqual(fingerprints(servers[1]!.chainOf('tsa')));
  });

  it('keeps the keys of the CAs through thirteen and twenty-eight years, so that all they issued stays valid', async () => {
    const certificates = await installation.startedServer();
    const [oldRoot] = certificates.trustAnchors();
    const cms = await signDetached({ digest: Buffer.alloc(32), ...(await certificates.identityOf(ZHANG)) });

    installation.clock.advance({ days: 13 * 365 });
    await certificates.identityOf(ZHANG);
    installation.clock.advance({ days: 15 * 365 });
    const late = await certificates.identityOf(ZHANG);

    const [newRoot] = certificates.trustAnchors();
    expect(parseCertificate(newRoot!).publicKey).toEqual(parseCertificate(oldRoot!).publicKey);
    expect(parseCertificate(newRoot!).subject).toEqual(parseCertificate(oldRoot!).subject);
    const early = await verifyDetached(cms, Buffer.alloc(32), { trustAnchors: [newRoot!], at: START });
    expect(early).toMatchObject({ valid: true, problems: [] });
    const lateCms = await signDetached({ digest: Buffer.alloc(32), ...late });
    const verdict = await verifyDetached(lateCms, Buffer.alloc(32), {
      trustAnchors: [newRoot!],
      at: installation.clock.now(),
    });
    expect(verdict).toMatchObject({ valid: true, problems: [] });
  });
});
