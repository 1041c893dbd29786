/** The only file that pdfium's WebAssembly can see: the system calls by which it opens, measures, seeks and reads it. */
import { type ReadableBytes, RemoteReadError } from './remote-bytes.ts';

export const VIRTUAL_PATH = '/document.pdf';

const DESCRIPTOR = 3;
/** WASI errno (wasi_snapshot_preview1, `errno`); Emscripten's system calls answer them negated. */
const EBADF = 8;
const EIO = 29;
const ENOENT = 44;
/** Of Emscripten's `struct stat`. */
const STAT_MODE = 4;
const STAT_SIZE = 24;
const READABLE_FILE = 0o100444;
/** WASI `ciovec`: address and length. */
const IOVEC_BYTES = 8;

/** By `whence` of fd_seek: from the start, from here, from the end. */
const SEEK_BASES = [() => 0, ({ position }: State) => position, ({ file }: State) => file?.size ?? 0];

interface State {
  file: ReadableBytes | null;
  position: number;
  hasFailed: boolean;
}

export interface VirtualFile {
  /** In place of the system calls that the library was built with. */
  readonly env: WebAssembly.ModuleImports;
  readonly wasi: WebAssembly.ModuleImports;
  /** Called with the library's memory once, before anything is read. */
  attach(memory: WebAssembly.Memory): void;
  /** What stands under {@link VIRTUAL_PATH} from now on. */
  show(file: ReadableBytes | null): void;
  /** Whether a part of it could not be read, so that whatever was made of it is not whole. */
  hasFailed(): boolean;
}

export function createVirtualFile(): VirtualFile {
  const state: State = { file: null, position: 0, hasFailed: false };
  let memory: WebAssembly.Memory | undefined;
  // Growing detaches the buffer, so it is asked for anew each time.
  const bytes = () => new Uint8Array(memory?.buffer ?? new ArrayBuffer(0));
  const view = () => new DataView(memory?.buffer ?? new ArrayBuffer(0));

  const textAt = (address: number): string => {
    const all = bytes();
    return Buffer.from(all.subarray(address, all.indexOf(0, address))).toString('latin1');
  };

  const env = {
    __syscall_openat(_folder: number, path: number): number {
      if (!state.file || textAt(path) !== VIRTUAL_PATH) return -ENOENT;
      state.position = 0;
      return DESCRIPTOR;
    },
    __syscall_fstat64(descriptor: number, stat: number): number {
      if (descriptor !== DESCRIPTOR || !state.file) return -EBADF;
      view().setInt32(stat + STAT_MODE, READABLE_FILE, true);
      view().setBigInt64(stat + STAT_SIZE, BigInt(state.file.size), true);
      return 0;
    },
  };

  const wasi = {
    fd_seek(descriptor: number, offset: bigint, whence: number, result: number): number {
      const base = SEEK_BASES[whence];
      if (descriptor !== DESCRIPTOR || !base) return EBADF;
      state.position = base(state) + Number(offset);
      view().setBigInt64(result, BigInt(state.position), true);
      return 0;
    },
    fd_read(descriptor: number, vectors: number, count: number, result: number): number {
      const { file } = state;
      if (descriptor !== DESCRIPTOR || !file) return EBADF;
      const targets = Array.from({ length: count }, (_, i) => {
        const address = view().getUint32(vectors + i * IOVEC_BYTES, true);
        return bytes().subarray(address, address + view().getUint32(vectors + i * IOVEC_BYTES + 4, true));
      });
      try {
        const start = state.position;
        for (const target of targets) state.position += file.read(state.position, target);
        view().setUint32(result, state.position - start, true);
        return 0;
      } catch (error) {
        if (!(error instanceof RemoteReadError)) throw error;
        state.hasFailed = true;
        return EIO;
      }
    },
    fd_close: (): number => 0,
  };

  return {
    env,
    wasi,
    attach(attached) {
      memory = attached;
    },
    show(file) {
      Object.assign(state, { file, position: 0, hasFailed: false });
    },
    hasFailed: () => state.hasFailed,
  };
}
