/** Outside judges of the files this package makes: poppler, qpdf, MuPDF, openssl, python3-endesive. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ToolResult {
  readonly status: number | null;
  /** Standard output and error together. */
  readonly output: string;
}

export interface Workbench {
  readonly folder: string;
  write(name: string, bytes: Uint8Array | string): void;
  read(name: string): Uint8Array;
  run(tool: string, ...args: readonly string[]): ToolResult;
  remove(): void;
}

/** A temporary folder in which tools run; file names are relative to it. */
export function openWorkbench(): Workbench {
  const folder = mkdtempSync(join(tmpdir(), 'signet-pdf-'));
  return {
    folder,
    write: (name, bytes) => writeFileSync(join(folder, name), bytes),
    read: (name) => readFileSync(join(folder, name)),
    run(tool, ...args) {
      const run = spawnSync(tool, args, { cwd: folder, timeout: 60_000, maxBuffer: 64 << 20 });
      if (run.error) {
        throw new Error(`these tests need ${tool} (Debian: poppler-utils qpdf mupdf-tools openssl python3-endesive)`, {
          cause: run.error,
        });
      }
      return { status: run.status, output: `${run.stdout.toString('utf8')}${run.stderr.toString('utf8')}` };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
