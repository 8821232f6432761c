/** Owns what preview 1's `fd_prestat_get` and `fd_prestat_dir_name` say of preopened directories. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import { at } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding } from './content.ts';
import { beginsWith, buffer, expectRead, P1, shownBytes } from './content-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const NAMES = ['/', '/one', 'relative/two', '/with space', '/dää'];
const WORLD = {
  preopens: NAMES.map((guest) => ({ guest, entries: { file: guest } })),
};
/**
 * The names by which a directory given as `name` may go: under which name its command line grants a directory is the host's
 * affair, and WasmEdge drops the slash in front.
 */
const namesOf = (name: string) =>
  [name, name.replace(/^\/(?=.)/, '')].map((one) => Buffer.from(one).toString('latin1'));

const named = NAMES.map((name, index): ConformanceCase => {
  const fd = DIRECTORY + index;
  return {
    ...P1,
    id: `fd_prestat_dir_name/preopen-${index}`,
    title: `The preopened directory ${index + 1} of five has its own name and files, and the name fits its length`,
    spec: p1Docs('fd_prestat_dir_name'),
    world: WORLD,
    script(s) {
      const prestat = s.call('fd_prestat_get', fd);
      s.expect(
        prestat,
        ok('a directory', (value) => (value as { tag: string }).tag === 'dir'),
      );
      const block = buffer(s, 32);
      s.expect(s.call('fd_prestat_dir_name', fd, block, at`u32[${prestat.area} + 4]`), ok());
      s.check('name and length are those of the directory', [prestat, s.show(block, 32)], ({ values }) => {
        const length = values[0]?.kind === 'ok' ? lengthIn(values[0].value) : -1;
        const found = namesOf(name).find((one) => one.length === length);
        return found === undefined ? `its length is ${length}` : beginsWith(shownBytes(values[1]), 32, found);
      });
      expectRead(s, open(s, 'file', { at: fd }).value, 40, Buffer.from(name).toString('latin1'));
    },
  };
});

const lengthIn = (value: unknown) => (value as { value: { pr_name_len: number } }).value.pr_name_len;

const NO_PREOPEN =
  'the text gives "a description of the given preopened file descriptor" and names no error for one that is none: it is a "Bad file descriptor", an "Invalid argument", "Not a directory" to have such a name, or "Not supported"';
const NO_ROOM =
  'the text names no error for a buffer that is too short: the name is "Filename too long" for it, or there is "No buffer space available", or its length an "invalid argument"';

const others: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_prestat_dir_name/longer-buffer',
    title: 'fd_prestat_dir_name into a longer buffer writes the name and nothing behind it',
    spec: p1Docs('fd_prestat_dir_name'),
    world: WORLD,
    script(s) {
      const block = buffer(s, 24);
      s.expect(s.call('fd_prestat_dir_name', DIRECTORY + 1, block, 20), ok());
      s.check('the buffer holds the name and nothing else', [s.show(block, 24)], ({ values }) => {
        const found = namesOf('/one').map((name) => beginsWith(shownBytes(values[0]), 24, name));
        return found.includes(true) || (found[0] ?? 'it is empty');
      });
    },
  },
  ...[0, 1, 2].map(
    (length): ConformanceCase => ({
      ...P1,
      id: `fd_prestat_dir_name/buffer-of-${length}`,
      title: `fd_prestat_dir_name of a longer name into a buffer of ${length} is refused, and writes nothing behind that`,
      spec: p1Docs('errno.nametoolong'),
      world: WORLD,
      script(s) {
        const block = buffer(s, 8);
        const step = s.call('fd_prestat_dir_name', DIRECTORY + 1, block, length);
        s.expect(step, oneOf(NO_ROOM, err('nametoolong'), err('nobufs'), err('inval')));
        s.check('nothing stands behind the buffer', [s.show(block, 8)], ({ values: [shown] }) => {
          const bytes = shown?.kind === 'ok' ? (shown.value as Uint8Array) : new Uint8Array();
          return bytes.subarray(length).every((byte) => byte === 0xa5) || `it holds ${bytes}`;
        });
      },
    }),
  ),
  ...(['fd_prestat_get', 'fd_prestat_dir_name'] as const).flatMap((name): ConformanceCase[] => {
    const refused = oneOf(NO_PREOPEN, err('badf'), err('inval'), err('notdir'), err('notsup'));
    return [
      {
        ...P1,
        id: `${name}/file`,
        title: `${name} of a file that the guest has opened is refused`,
        spec: p1Docs(name),
        world: holding(),
        script(s) {
          const { value: fd } = open(s, 'file');
          s.expect(name === 'fd_prestat_get' ? s.call(name, fd) : s.call(name, fd, buffer(s, 8), 8), refused);
        },
      },
      {
        ...P1,
        id: `${name}/opened-directory`,
        title: `${name} of a directory that the guest has opened is refused`,
        spec: p1Docs(name),
        world: holding('', { folder: { kind: 'directory' } }),
        script(s) {
          const { value: fd } = open(s, 'folder', { oflags: ['directory'], rights: ['path_open'] });
          s.expect(name === 'fd_prestat_get' ? s.call(name, fd) : s.call(name, fd, buffer(s, 8), 8), refused);
        },
      },
      {
        ...P1,
        id: `${name}/stdin`,
        title: `${name} of standard input is refused`,
        spec: p1Docs(name),
        world: holding(),
        script: (s) =>
          s.expect(name === 'fd_prestat_get' ? s.call(name, 0) : s.call(name, 0, buffer(s, 8), 8), refused),
      },
    ];
  }),
  {
    ...P1,
    id: 'fd_prestat_get/behind-the-last',
    title: 'fd_prestat_get of the number behind the last preopened directory is refused with badf',
    spec: p1Docs('errno.badf'),
    world: WORLD,
    script: (s) => s.expect(s.call('fd_prestat_get', DIRECTORY + NAMES.length), err('badf')),
  },
];

export const prestatsP1: ConformanceCase[] = [...named, ...others];
