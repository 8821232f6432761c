/** Owns preview 2's `open-at` beside its open flags: descriptor flags, sockets, handles, and two preopened directories. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DESCRIPTOR, GET_DIRECTORIES, GET_FLAGS, GET_TYPE, OPEN_AT, READ, WRITE } from './functions-p2.ts';
import { FOLLOW, openAt, P2, preopen, preopening, preopenNamed } from './opening-p2.ts';
import { FUNCTION, PATHS, TYPES } from './spec-p2.ts';
import { leaves } from './tree.ts';

const CASE = { ...P2, spec: FUNCTION.openAt, world: preopening({ file: 'content' }) };
const text = (expected: string): Expectation =>
  ok(`'${expected}'`, (value) => {
    const [bytes] = value as [Uint8Array, boolean];
    return Buffer.from(bytes).toString('utf8') === expected;
  });

const REQUEST =
  '"At this time, it should be interpreted as a request, and not a requirement": a runtime that can not comply opens the file without, or says so (`unsupported`)';

const syncs = ['file-integrity-sync', 'data-integrity-sync', 'requested-write-sync'].map(
  (flag): ConformanceCase => ({
    ...CASE,
    id: `descriptor.open-at/${flag}`,
    title: `A file can be opened for writing with ${flag}, or that is unsupported and has no effect`,
    spec: TYPES.descriptorFlags,
    script: (s) => {
      const base = preopen(s);
      const either = oneOf(REQUEST, ok(), err('unsupported'));
      for (const flags of [
        ['write', flag],
        ['read', 'write', flag],
      ])
        s.expect(s.call(OPEN_AT, base, [], 'file', [], flags), either);
      const created = s.call(OPEN_AT, base, [], 'made', ['create', 'exclusive'], ['write', flag]);
      s.expect(created, either);
      s.after('the file was made just where it was opened', [created], (seen) => {
        const made = seen.after[0]?.preopens[0]?.some(({ path }) => path === 'made') === true;
        return made === (seen.values[0]?.kind === 'ok') || `it was ${made ? '' : 'not '}made`;
      });
    },
  }),
);

const NOTHING_ASKED =
  'the text does not say what a descriptor with neither `read` nor `write` is for: of what needs neither it can tell, or the flags are `invalid` as in POSIX, where one of the access modes must be given';
const FILE_TO_MUTATE =
  '"This may only be set on directories", and no error is named for a file: the flags are `invalid` or `unsupported`, the file is `not-directory`, or the flag is not set';

const others: ConformanceCase[] = [
  {
    ...CASE,
    id: 'descriptor.open-at/no-descriptor-flags',
    title: 'Asking for neither reading nor writing opens what is there or is invalid, and changes nothing',
    spec: TYPES.descriptorFlags,
    script: (s) => {
      const base = preopen(s);
      for (const path of ['file', '.'])
        s.expect(s.call(OPEN_AT, base, [], path, [], []), oneOf(NOTHING_ASKED, ok(), err('invalid')));
      leaves(s, ['file = content']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/mutate-directory-of-file',
    title: 'The flag mutate-directory is never set on a file: opening is refused, or it is left away',
    spec: TYPES.mutateDirectory,
    script: (s) => {
      const base = preopen(s);
      const plain = openAt(s, base, 'file');
      const opened = s.call(OPEN_AT, base, [], 'file', [], ['read', 'mutate-directory']);
      const errors = ['invalid', 'unsupported', 'not-directory'].map((name) => err(name));
      s.expect(opened, oneOf(FILE_TO_MUTATE, ok(), ...errors));
      // Where it was not opened, the other descriptor stands in.
      const failed = at0(opened.area);
      const handle = s.let({
        expression: `(${failed})*(${plain.expression})+(1-(${failed}))*(${opened.value.expression})`,
      });
      s.expect(
        s.call(GET_FLAGS, handle),
        ok('no mutate-directory', (value) => !(value as string[]).includes('mutate-directory')),
      );
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/read',
    title: 'What is opened for reading is read from the beginning, by each descriptor for itself',
    spec: TYPES.descriptorFlags,
    script: (s) => {
      const base = preopen(s);
      const [one, two] = [openAt(s, base, 'file'), openAt(s, base, './file')];
      s.expect(s.call(READ, one, 3n, 0n), text('con'));
      s.expect(s.call(READ, two, 10n, 0n), text('content'));
      s.expect(s.drop(DESCRIPTOR, one), ok());
      s.expect(s.call(READ, two, 10n, 3n), text('tent'));
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/write',
    title: 'What is opened for writing is written to, in place, on the host as well',
    spec: TYPES.descriptorFlags,
    script: (s) => {
      const file = openAt(s, preopen(s), 'file', { flags: ['write'] });
      s.expect(s.call(WRITE, file, 'CON', 0n), ok());
      leaves(s, ['file = CONtent']);
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/create-by-paths',
    title:
      'A file is made in the directory that the path leads to, through links and dots, and can be written',
    spec: TYPES.openFlags,
    world: preopening({
      directory: { kind: 'directory', entries: { deep: { kind: 'directory' } } },
      'deep-link': { kind: 'symlink', target: 'directory/deep' },
    }),
    script: (s) => {
      const base = preopen(s);
      for (const path of ['directory/one', 'deep-link/two', './directory/../three', 'directory//deep/./four'])
        s.expect(
          s.call(WRITE, openAt(s, base, path, { open: ['create', 'exclusive'], flags: ['write'] }), path, 0n),
          ok(),
        );
      leaves(s, [
        'deep-link -> directory/deep',
        'directory/',
        'directory/deep/',
        'directory/one = directory/one',
        'directory/deep/two = deep-link/two',
        'three = ./directory/../three',
        'directory/deep/four = directory//deep/./four',
      ]);
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/outside-link-with-slash',
    title: 'A slash behind a link that leads out of the directory does not open what is there: not-permitted',
    spec: PATHS.resolving,
    world: preopening({
      outside: { kind: 'symlink', target: '..' },
      'outside-slash': { kind: 'symlink', target: '../' },
      root: { kind: 'symlink', target: '/' },
    }),
    script: (s) => {
      const base = preopen(s);
      for (const path of ['outside/', 'outside-slash/', 'root/', 'root//'])
        for (const follow of [[], FOLLOW])
          for (const open of [[], ['directory']])
            s.expect(s.call(OPEN_AT, base, follow, path, open, ['read']), err('not-permitted'));
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/handles',
    title: 'Descriptors that are open at once have different handles, none of them 0 and all below 2^31',
    script: (s) => {
      const base = preopen(s);
      const opened = Array.from({ length: 20 }, () => s.call(OPEN_AT, base, [], 'file', [], ['read']));
      for (const step of opened) s.expect(step, ok());
      s.check('twenty handles differ', opened, ({ values }) => {
        const handles = values.map((seen) => (seen.kind === 'ok' ? Number(seen.value) : 0));
        if (new Set(handles).size !== handles.length) return `some are the same: ${handles.join(' ')}`;
        return handles.every((one) => one > 0 && one < 2 ** 31) || `out of range: ${handles.join(' ')}`;
      });
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/thousand',
    title: 'A file is opened and dropped a thousand times and can be opened then',
    script: (s) => {
      const base = preopen(s);
      const area = s.alloc(8, 4);
      const path = s.alloc(4, 1);
      s.put(path, 'file');
      s.loop(1000, () => {
        s.raw(OPEN_AT, [base, 0, path, 4, 0, 1, area]);
        s.drop(DESCRIPTOR, { expression: `u32[${area.expression}+4]` });
      });
      openAt(s, base, 'file');
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/socket',
    title: 'A socket in the file system cannot be opened',
    world: preopening({ socket: { kind: 'socket' } }),
    script: (s) => {
      const refused = oneOf(
        'POSIX: "EOPNOTSUPP The path argument names a socket"; before its issue 8 systems return ENXIO, "No such device or address"',
        err('unsupported'),
        err('no-such-device'),
      );
      s.expect(s.call(OPEN_AT, preopen(s), [], 'socket', [], ['read']), refused);
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/directory-for-writing',
    title: 'No directory is opened for writing, by whatever name: is-directory',
    world: preopening({
      directory: { kind: 'directory' },
      'directory-link': { kind: 'symlink', target: 'directory' },
    }),
    script: (s) => {
      const base = preopen(s);
      for (const path of ['.', 'directory', 'directory/', 'directory/..', 'directory-link'])
        for (const flags of [['write'], ['read', 'write']])
          s.expect(s.call(OPEN_AT, base, FOLLOW, path, [], flags), err('is-directory'));
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/directory-itself',
    title:
      'A preopened directory is opened by its name in itself, with a trailing slash or the flag directory',
    script: (s) => {
      const base = preopen(s);
      for (const [path, open] of [
        ['.', []],
        ['./', []],
        ['.', ['directory']],
      ] as const) {
        const opened = openAt(s, base, path, { open });
        s.expect(
          s.call(GET_TYPE, opened),
          ok('directory', (value) => value === 'directory'),
        );
        openAt(s, opened, 'file');
      }
    },
  },
  {
    ...CASE,
    id: 'descriptor.open-at/second-preopen',
    title: 'A path at the second preopen names what is there, not what is in the first',
    spec: PATHS.resolving,
    world: {
      preopens: [
        { guest: '/first', entries: { one: 'first', both: 'first' } },
        { guest: '/other-one', entries: { both: 'second' } },
      ],
    },
    script: (s) => {
      const second = preopenNamed(s, s.call(GET_DIRECTORIES), 2, '/other-one'.length);
      s.expect(s.call(OPEN_AT, second, [], 'one', [], ['read']), err('no-entry'));
      openAt(s, second, 'both', { open: ['truncate'], flags: ['write'] });
      leaves(s, ['both = first', 'one = first']);
      leaves(s, ['both = '], 1);
    },
  },
];

/** The case of a result that came back there: 1 for an error. */
function at0(area: { expression: string }): string {
  return `u8[${area.expression}]`;
}

export const openKindsP2: ConformanceCase[] = [...syncs, ...others];
