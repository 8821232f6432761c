/** Owns the start of a process by libc's own posix_spawn and wait4, called through koffi: nothing of Node's stands between the clock and the fork. */

import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { realtimeNs } from './hostClock.ts';

/** What to start, with its output in files that exist. */
export interface LibcStart {
  file: string;
  args: string[];
  /** All of it. */
  env: Record<string, string>;
  stdout: string;
  stderr: string;
}

export interface LibcEnd {
  pid: number;
  exitCode: number | undefined;
  signal: string | undefined;
  beginRealtimeNs: bigint;
  endRealtimeNs: bigint;
}

/** Starts a process in this process's folder and blocks until it has ended. Throws where it can't be started. */
export type LibcSpawn = (start: LibcStart) => LibcEnd;

/** Larger than posix_spawnattr_t, posix_spawn_file_actions_t and sigset_t of any libc. */
const OPAQUE_BYTES = 1024;
const SETPGROUP = 0x02;
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const { O_RDONLY, O_WRONLY } = { O_RDONLY: 0, O_WRONLY: 1 };
const { EINTR } = constants.errno;

interface Library {
  func(declaration: string): (...args: unknown[]) => number;
}

/** Undefined where koffi or the calls can't be had. */
export function loadLibcSpawn(): LibcSpawn | undefined {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as {
      load(name: string): Library;
      errno(): number;
    };
    return spawnBy(koffi.load('libc.so.6'), () => koffi.errno());
  } catch {
    return undefined;
  }
}

function spawnBy(libc: Library, errno: () => number): LibcSpawn {
  const initActions = libc.func('int posix_spawn_file_actions_init(void *actions)');
  const addOpen = libc.func(
    'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, int mode)',
  );
  const destroyActions = libc.func('int posix_spawn_file_actions_destroy(void *actions)');
  const initAttributes = libc.func('int posix_spawnattr_init(void *attributes)');
  const setFlags = libc.func('int posix_spawnattr_setflags(void *attributes, short flags)');
  const setDefaults = libc.func('int posix_spawnattr_setsigdefault(void *attributes, void *set)');
  const setMask = libc.func('int posix_spawnattr_setsigmask(void *attributes, void *set)');
  const spawn = libc.func(
    'int posix_spawnp(_Out_ int *pid, const char *path, void *actions, void *attributes, const char **argv, const char **envp)',
  );
  const wait = libc.func('int wait4(int pid, _Out_ int *status, int options, void *usage)');

  // Node ignores SIGPIPE, and what is ignored stays so in what is started; the group is its own, to be ended as one.
  const attributes = Buffer.alloc(OPAQUE_BYTES);
  const signals = Buffer.alloc(OPAQUE_BYTES);
  initAttributes(attributes);
  setFlags(attributes, SETPGROUP | SETSIGDEF | SETSIGMASK);
  setMask(attributes, signals);
  // Not by sigfillset, which leaves out two signals of libc's own: those would be ignored.
  signals.fill(0xff);
  setDefaults(attributes, signals);

  return ({ file, args, env, stdout, stderr }) => {
    const actions = Buffer.alloc(OPAQUE_BYTES);
    initActions(actions);
    addOpen(actions, 0, '/dev/null', O_RDONLY, 0);
    addOpen(actions, 1, stdout, O_WRONLY, 0);
    addOpen(actions, 2, stderr, O_WRONLY, 0);
    const argv = [file, ...args, null];
    const envp = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), null];
    const pid = [0];
    const status = [0];
    const beginRealtimeNs = realtimeNs();
    const error = spawn(pid, file, actions, attributes, argv, envp);
    if (error !== 0) {
      destroyActions(actions);
      throw new Error(`posix_spawn ${file}: ${nameOf(constants.errno, error)}`);
    }
    while (wait(pid[0], status, 0, null) === -1) if (errno() !== EINTR) throw new Error('wait4 failed');
    const endRealtimeNs = realtimeNs();
    destroyActions(actions);
    return { pid: pid[0] ?? 0, ...howEnded(status[0] ?? 0), beginRealtimeNs, endRealtimeNs };
  };
}

/** By the layout of wait(2)'s status: a signal in the low seven bits, else the exit code above. */
function howEnded(status: number): Pick<LibcEnd, 'exitCode' | 'signal'> {
  const signal = status & 0x7f;
  return signal === 0
    ? { exitCode: (status >> 8) & 0xff, signal: undefined }
    : { exitCode: undefined, signal: nameOf(constants.signals, signal) };
}

const nameOf = (names: object, value: number) =>
  Object.entries(names).find(([, number]) => number === value)?.[0] ?? String(value);
