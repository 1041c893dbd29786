import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openInstallation } from './installation.ts';

let parent: string;
let dataFolder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'signet-installation-'));
  dataFolder = join(parent, 'data');
});

afterEach(() => rmSync(parent, { recursive: true }));

const sandbox = () => ({ dataFolder, mode: 'sandbox', masterKey: undefined });

describe('the data folder', () => {
  it('gets a master key that only its owner may read, and keeps it', async () => {
    const first = await openInstallation(sandbox());
    const second = await openInstallation(sandbox());

    expect(first.masterKey).toHaveLength(32);
    expect(second.masterKey).toEqual(first.masterKey);
    expect(statSync(join(dataFolder, 'master-key')).mode & 0o777).toBe(0o600);
  });

  it('gets one key when two processes start at once', async () => {
    const opened = await Promise.all([1, 2, 3, 4].map(() => openInstallation(sandbox())));

    expect(new Set(opened.map(({ masterKey }) => Buffer.from(masterKey).toString('hex'))).size).toBe(1);
  });

  it('uses a key that comes from outside and writes none', async () => {
    const masterKey = new Uint8Array(32).fill(9);

    const opened = await openInstallation({ ...sandbox(), masterKey });

    expect(opened.masterKey).toEqual(masterKey);
    expect(() => readFileSync(join(dataFolder, 'master-key'))).toThrow('ENOENT');
  });

  it('refuses the other mode and says what to set', async () => {
    await openInstallation(sandbox());

    const other = openInstallation({ dataFolder, mode: 'production', masterKey: new Uint8Array(32) });

    await expect(other).rejects.toThrow(
      /belongs to a sandbox installation, but SIGNET_MODE is production\. Mend: set SIGNET_MODE=sandbox/,
    );
  });

  it('makes no second key when the first is lost', async () => {
    await openInstallation(sandbox());
    rmSync(join(dataFolder, 'master-key'));

    await expect(openInstallation(sandbox())).rejects.toThrow(/No master key.*Mend: restore that file/);
  });

  it('refuses a damaged key file', async () => {
    await openInstallation(sandbox());
    writeFileSync(join(dataFolder, 'master-key'), 'abc');

    await expect(openInstallation(sandbox())).rejects.toThrow(/holds no master key/);
  });

  it('names a folder that cannot be made', async () => {
    writeFileSync(join(parent, 'file'), '');

    const opening = openInstallation({ ...sandbox(), dataFolder: join(parent, 'file', 'data') });

    await expect(opening).rejects.toThrow(/cannot be used \(ENOTDIR\)\. Mend: set SIGNET_DATA/);
  });
});
