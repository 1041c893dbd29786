import { describe, expect, it } from 'vitest';
import { certificates as certificateTable, crls } from './schema.ts';
import { START, useInstallation, ZHANG } from './testing/installation.ts';

const installation = useInstallation();

describe('a revocation', () => {
  it('takes the certificate out of use and gives the party a new one', async () => {
    const certificates = await installation.startedServer();
    const before = await certificates.identityOf(ZHANG);

    const isRevoked = await certificates.revoke('app-1', before.serialNumber, 'keyCompromise');

    expect(isRevoked).toBe(true);
    expect((await certificates.identityOf(ZHANG)).serialNumber).not.toBe(before.serialNumber);
  });

  it('reaches the other servers within a minute', async () => {
    const [here, there] = [await installation.startedServer(), await installation.startedServer()];
    const { serialNumber } = await there.identityOf(ZHANG);
    await here.revoke('app-1', serialNumber, 'superseded');

    installation.clock.advance({ seconds: 61 });

    expect((await there.identityOf(ZHANG)).serialNumber).not.toBe(serialNumber);
  });

  it('does not touch the certificate of another app', async () => {
    const certificates = await installation.startedServer();
    const { serialNumber } = await certificates.identityOf(ZHANG);

    expect(await certificates.revoke('app-2', serialNumber, 'unspecified')).toBe(false);
    expect((await certificates.identityOf(ZHANG)).serialNumber).toBe(serialNumber);
  });

  it('keeps its first time and reason', async () => {
    const certificates = await installation.startedServer();
    const { serialNumber } = await certificates.identityOf(ZHANG);
    await certificates.revoke('app-1', serialNumber, 'keyCompromise');

    installation.clock.advance({ days: 1 });
    await certificates.revoke('app-1', serialNumber, 'superseded');

    const [row] = await installation.database.db.select().from(certificateTable);
    expect(row).toMatchObject({ revokedAt: START, revocationReason: 'keyCompromise' });
  });
});

describe('the revocation list', () => {
  it('is published once and then answered from the table', async () => {
    const certificates = await installation.startedServer();

    const lists = await Promise.all(Array.from({ length: 20 }, () => certificates.crl()));

    expect(new Set(lists.map((list) => Buffer.from(list).toString('hex'))).size).toBe(1);
    expect(await installation.database.db.$count(crls)).toBe(1);
  });

  it('is published anew for a revocation and near its end, with a higher number each time', async () => {
    const certificates = await installation.startedServer();
    const { serialNumber } = await certificates.identityOf(ZHANG);
    await certificates.crl();

    await certificates.revoke('app-1', serialNumber, 'keyCompromise');
    await certificates.crl();
    installation.clock.advance({ days: 5 });
    await certificates.crl();
    await certificates.crl('root');

    const rows = await installation.database.db.select().from(crls).orderBy(crls.number);
    expect(rows.map(({ number, issuer, entries }) => [number, issuer, entries])).toEqual([
      [1, 'issuing-ca', 0],
      [2, 'issuing-ca', 1],
      [3, 'issuing-ca', 1],
      [4, 'root', 0],
    ]);
  });
});
