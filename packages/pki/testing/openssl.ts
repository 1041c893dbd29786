/** The outside judge of every byte this package makes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CommandResult {
  readonly ok: boolean;
  /** Standard output and error together. */
  readonly output: string;
  readonly bytes: Uint8Array;
}

export interface Workbench {
  write(files: Readonly<Record<string, Uint8Array | string>>): void;
  read(name: string): Uint8Array;
  openssl(...args: readonly string[]): CommandResult;
  remove(): void;
}

/** A temporary folder in which openssl runs; file names are relative to it. */
export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'signet-pki-'));
  return {
    write(files) {
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(join(folder, name), content);
      }
    },
    read: (name) => Uint8Array.from(readFileSync(join(folder, name))),
    openssl(...args) {
      const run = spawnSync('openssl', args, { cwd: folder, timeout: 20_000 });
      if (run.error) {
        throw new Error('these tests need openssl 3 (Debian: apt-get install openssl)', { cause: run.error });
      }
      const output = `${run.stdout.toString('utf8')}${run.stderr.toString('utf8')}`;
      return { ok: run.status === 0, output, bytes: Uint8Array.from(run.stdout) };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
