import { describe, expect, it } from 'vitest';
import { useInstallation, ZHANG } from './testing/installation.ts';

const installation = useInstallation();

describe('a checkpoint signature', () => {
  const data = Buffer.from('heads');

  it('is recognized, also after its key was renewed', async () => {
    const { checkpointSigner } = await installation.startedServer();
    const { signature, certificate } = await checkpointSigner.sign(data);

    installation.clock.advance({ days: 5 * 366 });
    const renewed = await checkpointSigner.sign(data);

    expect(renewed.certificate).not.toEqual(certificate);
    expect(await checkpointSigner.verify(data, signature, certificate)).toBe(true);
    expect(await checkpointSigner.verify(data, renewed.signature, renewed.certificate)).toBe(true);
  });

  it('is refused over other data', async () => {
    const { checkpointSigner } = await installation.startedServer();
    const { signature, certificate } = await checkpointSigner.sign(data);

    expect(await checkpointSigner.verify(Buffer.from('other'), signature, certificate)).toBe(false);
    expect(await checkpointSigner.verify(data, Buffer.from('no signature'), certificate)).toBe(false);
    expect(await checkpointSigner.verify(data, Buffer.alloc(0), certificate)).toBe(false);
  });

  it('is refused from any other certificate, of this installation or another', async () => {
    const foreign = await (await installation.startedServer()).checkpointSigner.sign(data);
    await installation.empty();
    const certificates = await installation.startedServer();
    const { certificate: party, key } = await certificates.identityOf(ZHANG);
    const signature = await key.sign(data);

    const { verify } = certificates.checkpointSigner;
    expect(await verify(data, signature, party)).toBe(false);
    expect(await verify(data, foreign.signature, foreign.certificate)).toBe(false);
    expect(await verify(data, signature, Buffer.from('no certificate'))).toBe(false);
  });
});
