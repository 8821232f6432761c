/** Owns a bare instance of the preview 1 probe: arguments, a clock and somewhere to write, and no runtime around it. */

const SUCCESS = 0;
const NOSYS = 52;
const END = Symbol('proc_exit');

/**
 * Runs the probe once with these arguments and returns what it wrote. Its clock is `process.hrtime.bigint`; any import besides
 * answers `nosys`. Throws what the probe's trap throws.
 */
export async function runProbe(module: WebAssembly.Module, args: readonly string[]): Promise<string> {
  const words = ['probe', ...args].map((word) => Buffer.from(`${word}\0`));
  const written: Buffer[] = [];
  const view = () => new DataView(memory().buffer);
  const imports: Record<string, (...values: number[]) => number> = {
    args_sizes_get: (count = 0, size = 0) => {
      view().setUint32(count, words.length, true);
      view().setUint32(size, Buffer.concat(words).length, true);
      return SUCCESS;
    },
    args_get: (pointers = 0, texts = 0) => {
      let at = texts;
      words.forEach((word, index) => {
        view().setUint32(pointers + 4 * index, at, true);
        Buffer.from(memory().buffer).set(word, at);
        at += word.length;
      });
      return SUCCESS;
    },
    clock_time_get: (_id, _precision, at = 0) => {
      view().setBigUint64(at, process.hrtime.bigint(), true);
      return SUCCESS;
    },
    fd_write: (_fd, vectors = 0, count = 0, sum = 0) => {
      let total = 0;
      for (let at = vectors; at < vectors + 8 * count; at += 8) {
        const [from, length] = [view().getUint32(at, true), view().getUint32(at + 4, true)];
        written.push(Buffer.from(memory().buffer.slice(from, from + length)));
        total += length;
      }
      view().setUint32(sum, total, true);
      return SUCCESS;
    },
    proc_exit: () => {
      throw END;
    },
  };
  const others = { get: (known: typeof imports, name: string) => known[name] ?? (() => NOSYS) };
  const { exports } = await WebAssembly.instantiate(module, {
    wasi_snapshot_preview1: new Proxy(imports, others),
  });
  const memory = () => exports.memory as unknown as { buffer: ArrayBuffer };
  try {
    (exports._start as () => void)();
  } catch (thrown) {
    if (thrown !== END) throw thrown;
  }
  return Buffer.concat(written).toString();
}
