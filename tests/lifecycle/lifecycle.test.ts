import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFailed, vi } from 'vitest';
import { createInstallation, type Installation, isAlive } from './installation.ts';

/** `nobody` of every Linux. */
const ORDINARY_USER = { uid: 65_534, gid: 65_534 };

let installation: Installation;
let others: Installation[];

beforeEach(() => {
  installation = createInstallation();
  others = [];
});

afterEach(async () => {
  for (const one of [installation, ...others]) await one.remove();
});

function another(): Installation {
  const made = createInstallation();
  others.push(made);
  return made;
}

/** A connection that is refused or reset is no service either. */
async function isServing(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function rootCertificate(url: string): Promise<string> {
  return (await fetch(`${url}/trust/root.pem`)).text();
}

// Starts share two cores with whatever else runs; a start alone takes about three seconds.
vi.setConfig({ testTimeout: 120_000 });

describe('an installation', () => {
  it('serves after its first start, again after a stop, and keeps its keys', async () => {
    const first = await installation.start();
    const root = await rootCertificate(first.url);
    const stopped = await first.kill('SIGTERM');

    const second = await installation.start();

    expect(await isServing(second.url)).toBe(true);
    expect(root).toContain('BEGIN CERTIFICATE');
    expect(await rootCertificate(second.url)).toBe(root);
    report('first start', first.startMs, 'stop', stopped.stopMs, 'second start', second.startMs);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s and leaves no process behind', async (signal) => {
    const server = await installation.start();
    const postgres = installation.postgresPid() ?? 0;
    expect(isAlive(postgres)).toBe(true);

    const { code } = await server.kill(signal);

    expect(code).toBe(0);
    expect(isAlive(postgres)).toBe(false);
    expect(readFileSync(join(installation.dataFolder, 'postgres', 'server.log'), 'utf8')).toContain(
      'database system is shut down',
    );
  });

  it('starts by itself after a kill -9 that left its PostgreSQL running', async () => {
    const killed = await installation.start();
    const root = await rootCertificate(killed.url);
    const orphan = installation.postgresPid() ?? 0;
    await killed.kill('SIGKILL');
    expect(isAlive(orphan)).toBe(true);

    const server = await installation.start();

    expect(isAlive(orphan)).toBe(false);
    expect(await rootCertificate(server.url)).toBe(root);
    report('start after kill -9', server.startMs);
  });

  it('starts by itself after a kill -9 of server and PostgreSQL together', async () => {
    const killed = await installation.start();
    const root = await rootCertificate(killed.url);
    const postgres = installation.postgresPid() ?? 0;
    await killed.kill('SIGKILL');
    process.kill(postgres, 'SIGKILL');

    const server = await installation.start();

    expect(await rootCertificate(server.url)).toBe(root);
    report('start after kill -9 of both', server.startMs);
  });

  it('serves again by itself when only its PostgreSQL was killed', async () => {
    const server = await installation.start();
    onTestFailed(() => console.error(server.output()));
    process.kill(installation.postgresPid() ?? 0, 'SIGKILL');

    await until(async () => !(await isServing(server.url)));
    await until(() => isServing(server.url));

    expect(isAlive(server.pid)).toBe(true);
  });

  it('starts after a kill -9 at any moment of its first start', async () => {
    for (const afterMs of [150, 600, 1200, 2000]) {
      const starting = spawn(process.execPath, ['scripts/start.mjs'], {
        env: { PATH: process.env.PATH, PORT: '0', SIGNET_DATA: installation.dataFolder },
        stdio: 'ignore',
      });
      await sleep(afterMs);
      starting.kill('SIGKILL');
      await once(starting, 'exit');
    }

    const server = await installation.start();

    expect(await isServing(server.url)).toBe(true);
  });

  it('runs beside another one, each with its own keys', async () => {
    const neighbour = another();

    const [ours, theirs] = await Promise.all([installation.start(), neighbour.start()]);

    expect(await isServing(ours.url)).toBe(true);
    expect(await rootCertificate(theirs.url)).not.toBe(await rootCertificate(ours.url));
  });

  it.runIf(process.getuid?.() === 0)('runs as an ordinary user too', async () => {
    const ordinary = createInstallation(ORDINARY_USER);
    others.push(ordinary);

    const server = await ordinary.start();

    expect(await isServing(server.url)).toBe(true);
    expect(statSync(join(ordinary.dataFolder, 'postgres', 'cluster')).uid).toBe(ORDINARY_USER.uid);
    expect(statSync(ordinary.dataFolder).mode & 0o777).toBe(0o700);
  });

  it('keeps its secrets from other users', async () => {
    await installation.start();

    const open = ['master-key', 'postgres-password'].filter((name) => {
      return (statSync(join(installation.dataFolder, name)).mode & 0o077) !== 0;
    });

    expect(open).toEqual([]);
  });

  it('answers the doctor while it runs and while it does not', async () => {
    const server = await installation.start();

    const during = await installation.run('signet', ['doctor']);
    await server.kill('SIGTERM');
    const after = await installation.run('signet', ['doctor']);

    expect(during.output).toMatch(/ok +Encrypted data/);
    expect(after.output).toMatch(/ok +Encrypted data/);
    expect([during.code, after.code]).toEqual([0, 0]);
  });

  it('stops as a whole when npm, which runs it, gets SIGTERM', async () => {
    const npm = spawn('npm', ['start'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', SIGNET_DATA: installation.dataFolder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const output: string[] = [];
    npm.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    await until(() => output.join('').includes('Signet is ready'), 60_000);
    const postgres = installation.postgresPid() ?? 0;

    npm.kill('SIGTERM');
    await once(npm, 'exit');

    await until(() => !isAlive(postgres));
    expect(installation.postgresPid()).toBeUndefined();
  });
});

describe('a start is refused', () => {
  it('with every wrong setting, each with value and mend', async () => {
    const { code, output } = await installation.run('start', [], {
      PORT: 'http',
      SIGNET_MODE: 'prod',
      DATABASE_URL: 'mysql://me:hunter2@db/x',
      SIGNET_MASTER_KEY: 'correct-horse',
      SIGNET_PUBLIC_URL: 'example.com',
      SIGNET_TRUSTED_PROXIES: 'nginx.local/8',
      SIGNET_CALLBACK_ALLOW: 'http://x/',
      SIGNET_APP_KEY: 'only-the-key',
      SIGNET_PARTY_KEY: 'dsa',
      SIGNET_LOG_LEVEL: 'loud',
      SIGNET_WORKERS: 'many',
    });

    expect(code).toBe(1);
    expect(output).toContain('11 settings are wrong');
    expect(output.match(/Mend: /g)).toHaveLength(11);
    expect(output).not.toMatch(/hunter2|correct-horse/);
    expect(output).not.toContain('    at ');
  });

  it('in the other mode than the data', async () => {
    const server = await installation.start();
    await server.kill('SIGTERM');
    const production = { SIGNET_MODE: 'production', SIGNET_MASTER_KEY: 'ab'.repeat(32) };

    const { code, output } = await installation.run('start', [], production);

    expect(code).toBe(1);
    expect(output).toMatch(/sandbox.*Mend: .*SIGNET_MODE=sandbox/s);
  });

  it('in production without a master key from outside', async () => {
    const { code, output } = await installation.run('start', [], { SIGNET_MODE: 'production' });

    expect(code).toBe(1);
    expect(output).toMatch(/SIGNET_MASTER_KEY=\(not set\): production needs a master key/);
  });

  it('with another master key than the one that encrypted the data', async () => {
    const server = await installation.start();
    await server.kill('SIGTERM');

    const { code, output } = await installation.run('start', [], { SIGNET_MASTER_KEY: 'ab'.repeat(32) });

    expect(code).toBe(1);
    expect(output).toMatch(/master key is not the one.*Mend: /s);
  });

  it('when the master key is lost, and makes no new one', async () => {
    const server = await installation.start();
    await server.kill('SIGTERM');
    rmSync(join(installation.dataFolder, 'master-key'));

    const { code, output } = await installation.run('start', []);

    expect(code).toBe(1);
    expect(output).toMatch(/No master key.*Mend: restore/s);
  });

  it('on a data folder that another server uses, and names its process', async () => {
    const server = await installation.start();

    const { code, output } = await installation.run('start', []);

    expect(code).toBe(1);
    expect(output).toContain(`in use by process ${server.pid}`);
    expect(await isServing(server.url)).toBe(true);
  });

  it('on a port in use, and leaves no PostgreSQL behind', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    const port = String(typeof address === 'object' ? address?.port : 0);

    const { code, output } = await installation.run('start', [], { PORT: port });

    expect(code).toBe(1);
    expect(output).toContain('EADDRINUSE');
    expect(installation.postgresPid()).toBeUndefined();
    holder.close();
  });

  it('on a data folder that is a file', async () => {
    writeFileSync(installation.dataFolder, '');

    const { code, output } = await installation.run('start', []);

    expect(code).toBe(1);
    expect(output).toMatch(/cannot be used \((EEXIST|ENOTDIR)\)\. Mend: set SIGNET_DATA/);
  });

  it('with a database that does not answer', async () => {
    const { code, output } = await installation.run('start', [], {
      DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x',
    });

    expect(code).toBe(1);
    expect(output).toMatch(/does not answer.*ECONNREFUSED.*Mend: /s);
    expect(output).not.toContain('hunter2');
  });
});

async function until(condition: () => boolean | Promise<boolean>, withinMs = 30_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('did not happen in time');
    await sleep(20);
  }
}

function report(...parts: (string | number)[]): void {
  console.info(parts.map((part) => (typeof part === 'number' ? `${Math.round(part)} ms` : part)).join(' '));
}
