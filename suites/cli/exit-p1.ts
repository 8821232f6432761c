/** Owns how preview 1's guests end: exit codes, what stays of their work, and signals they send themselves. */

import {
  type Expectation,
  err,
  exits,
  killedBy,
  ok,
  oneOf,
  type Seen,
  trap,
} from '../../harness/contracts/expect.ts';
import { at, RUN, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { WorldAfter } from '../../harness/contracts/world.ts';
import { p1Docs } from './spec.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;

/** Numbers that tell something, each with a case of its own: small ones, and all around the shells' own meanings. */
const CODES = [0, 1, 2, 3, 42, 100, 125, 126, 127, 128, 134, 255];
/** What environments give to a code of their own ends at 255 on POSIX. */
const LARGE_CODES = [256, 257, 2 ** 31, 2 ** 32 - 1];
const LAST_COMMON_CODE = 125;

const DEPENDS =
  '"The meanings of other values is dependent on the environment": shells use 126 and above for ends of their own, and hosts may refuse what their environment has no place for';

const anyExit: Expectation = {
  describe: 'any exit',
  test: (seen) => seen.kind === 'exit',
  asserts: 'ok',
  mayEnd: true,
};

function expectationFor(code: number): Expectation {
  if (code <= LAST_COMMON_CODE) return exits(code);
  const refused = trap('the environment has no such code');
  return oneOf(DEPENDS, code > 255 ? anyExit : exits(code), refused);
}

const codes = [...CODES, ...LARGE_CODES].map(
  (code): ConformanceCase => ({
    ...P1,
    id: `proc_exit/code-${code}`,
    title: `Exit code ${code} is the one the process returns${code > LAST_COMMON_CODE ? ', where its environment knows it' : ''}`,
    spec: p1Docs('proc_exit'),
    script: (s) => s.expect(s.raw('proc_exit', [BigInt(code)]), expectationFor(code)),
  }),
);

const exitsAnyhow: Expectation = { ...anyExit, describe: 'an exit with the code of this run' };

/** The code that a run's one step exited with, undefined for a trap. */
const codesOf = ({ runs }: Seen) => runs.map(([seen]) => (seen?.kind === 'exit' ? seen.code : undefined));

/** All there are on POSIX: a case that runs once for each. */
const everyCode: ConformanceCase[] = [
  {
    ...P1,
    id: 'proc_exit/every-code',
    title: `Each exit code from 0 to ${LAST_COMMON_CODE} is the one the process returns`,
    spec: p1Docs('proc_exit'),
    runs: LAST_COMMON_CODE + 1,
    script: (s) => {
      const exit = s.raw('proc_exit', [RUN]);
      s.expect(exit, exitsAnyhow);
      s.check('each run exits with its number', [exit], (seen) => {
        const wrong = codesOf(seen).findIndex((code, run) => code !== run);
        return wrong < 0 || `exit code ${wrong} became ${codesOf(seen)[wrong]}`;
      });
    },
  },
  {
    ...P1,
    id: 'proc_exit/every-code-of-the-environment',
    title: `Each exit code from ${LAST_COMMON_CODE + 1} to 255 is the one the process returns, where its environment knows it`,
    spec: p1Docs('proc_exit'),
    runs: 255 - LAST_COMMON_CODE,
    script: (s) => {
      const exit = s.raw('proc_exit', [at`${RUN} + ${LAST_COMMON_CODE + 1}`]);
      s.expect(exit, oneOf(DEPENDS, exitsAnyhow, trap('the environment has no such code')));
      s.check('each run that exits does so with its code', [exit], (seen) => {
        const known = codesOf(seen);
        const wrong = known.findIndex(
          (code, run) => code !== undefined && code !== run + LAST_COMMON_CODE + 1,
        );
        return wrong < 0 || `exit code ${wrong + LAST_COMMON_CODE + 1} became ${known[wrong]}`;
      });
    },
  },
];

/** Creates or truncates a file below descriptor 3, for writing. */
function create(s: ScriptBuilder, name: string): Slot {
  const opened = s.call('path_open', 3, [], name, ['creat', 'trunc'], ['fd_write'], [], []);
  s.expect(opened, ok());
  return opened.value;
}

function write(s: ScriptBuilder, fd: Slot | number, text: string): void {
  s.expect(
    s.call('fd_write', fd, [{ buf: stored(s, text), buf_len: text.length }]),
    ok(`${text.length} bytes`, (count) => count === text.length),
  );
}

function stored(s: ScriptBuilder, text: string): Slot {
  const place = s.alloc(text.length, 1);
  s.put(place, text);
  return place;
}

const contentOf = (after: WorldAfter | undefined, path: string) => {
  const entry = after?.preopens[0]?.find((one) => one.path === path);
  return entry && Buffer.from(entry.head ?? '', 'base64').toString();
};

const ends: ConformanceCase[] = [
  {
    ...P1,
    id: 'proc_exit/nothing-after',
    title: 'Nothing of the guest runs after its exit',
    spec: p1Docs('proc_exit'),
    world: { preopens: [{ guest: '/' }] },
    script: (s) => {
      create(s, 'before');
      const exit = s.raw('proc_exit', [0n]);
      s.expect(exit, exits(0));
      s.call('path_open', 3, [], 'after', ['creat'], ['fd_write'], [], []);
      s.after('only what was made before the exit is there', [exit], ({ after }) => {
        const paths = after[0]?.preopens[0]?.map(({ path }) => path).join();
        return paths === ',before' || `there are ${paths}`;
      });
    },
  },
  {
    ...P1,
    id: 'proc_exit/open-files',
    title: 'What was written to files stays when the guest exits without closing them',
    spec: p1Docs('proc_exit'),
    world: { preopens: [{ guest: '/' }] },
    script: (s) => {
      write(s, create(s, 'one'), 'first');
      write(s, create(s, 'two'), 'second');
      const exit = s.raw('proc_exit', [3n]);
      s.expect(exit, exits(3));
      s.after('both files hold what was written', [exit], ({ after }) => {
        const found = [contentOf(after[0], 'one'), contentOf(after[0], 'two')];
        return found.join() === 'first,second' || `they hold ${found.join()}`;
      });
    },
  },
  {
    ...P1,
    id: 'proc_exit/in-a-loop',
    title: 'An exit in the third round of a loop ends the guest there and then',
    spec: p1Docs('proc_exit'),
    world: { preopens: [{ guest: '/' }] },
    script: (s) => {
      const file = create(s, 'rounds');
      const place = stored(s, 'x');
      const iovec = s.alloc(8, 4);
      const count = s.alloc(4, 4);
      s.store('u32', iovec, place);
      s.store('u32', { expression: `${iovec.expression}+4` }, 1);
      // Ends in the round that calls it with the code 0; before, the write below it goes on.
      const loop = s.loop(3, () => void s.raw('fd_write', [file, iovec, 1n, count]));
      s.expect(loop, { ...ok(), test: (seen) => seen.kind === 'loop' && seen.count === 3 });
      const ending = s.loop(5, () => {
        s.raw('fd_write', [file, iovec, 1n, count]);
        s.raw('proc_exit', [7n]);
      });
      s.expect(ending, exits(7));
      s.after('it was written to four times', [ending], ({ after }) => {
        const content = contentOf(after[0], 'rounds');
        return content === 'xxxx' || `it holds ${content}`;
      });
    },
  },
  {
    ...P1,
    id: 'proc_exit/stdout',
    title: 'What was written to standard output right before the exit arrives whole',
    spec: p1Docs('proc_exit'),
    world: { stdout: 'pipe' },
    script: (s) => {
      write(s, 1, 'the last words');
      const exit = s.raw('proc_exit', [0n]);
      s.expect(exit, exits(0));
      s.after('all of it was read', [exit], ({ after }) => {
        const said = Buffer.from(after[0]?.stdout?.head ?? '', 'base64').toString();
        return said === 'the last words' || `read was '${said}'`;
      });
    },
  },
];

const UNSUPPORTED = [err('nosys'), err('notsup')] as const;
const NO_ERROR_NAMED =
  'the text of `proc_raise` names no error and leaves open whether a host supports signals at all';

/** Not usr1, by which Node opens a debugger's port. By their default action: what the guest itself can live to see. Those that stop a process would stop the test. */
const IGNORED = ['chld', 'cont', 'winch', 'pipe'];
const TERMINATING = ['hup', 'int', 'kill', 'usr2', 'alrm', 'term'];
/** Not 271, whose low byte is a signal: the text does not say what a host makes of the bits above a byte. */
const BEYOND = [31, 99, 255];

const signals: ConformanceCase[] = [
  ...IGNORED.map(
    (name): ConformanceCase => ({
      ...P1,
      id: `proc_raise/${name}`,
      title: `Raising ${name}, whose action is to be ignored or to continue, leaves the guest running, or is not supported`,
      spec: p1Docs(`signal.${name}`),
      script: (s) => {
        s.expect(s.call('proc_raise', name), oneOf(NO_ERROR_NAMED, ok(), ...UNSUPPORTED));
        s.expect(s.call('sched_yield'), ok());
      },
    }),
  ),
  ...TERMINATING.map(
    (name): ConformanceCase => ({
      ...P1,
      id: `proc_raise/${name}`,
      title: `Raising ${name} terminates the process by that signal, or is not supported`,
      spec: p1Docs(`signal.${name}`),
      script: (s) =>
        s.expect(
          s.call('proc_raise', name),
          oneOf(NO_ERROR_NAMED, killedBy(`SIG${name.toUpperCase()}`), ...UNSUPPORTED),
        ),
    }),
  ),
  {
    ...P1,
    id: 'proc_raise/none',
    title: 'Raising no signal does nothing, is refused or is not supported',
    spec: p1Docs('signal.none'),
    script: (s) => {
      const reserved = '"POSIX has special semantics for kill(pid, 0), so this value is reserved"';
      s.expect(s.call('proc_raise', 'none'), oneOf(reserved, ok(), err('inval'), ...UNSUPPORTED));
      s.expect(s.call('sched_yield'), ok());
    },
  },
  ...BEYOND.map(
    (number): ConformanceCase => ({
      ...P1,
      id: `proc_raise/number-${number}`,
      title: `Raising ${number}, which is no signal, is refused, and the guest is not ended by it`,
      spec: p1Docs('proc_raise.sig'),
      script: (s) =>
        s.expect(
          s.raw('proc_raise', [BigInt(number)]),
          oneOf(
            'a number that is none of the cases of `signal` is an invalid signal, for which POSIX names EINVAL, or no value of the type at all, of which the text says nothing and which may trap',
            err('inval'),
            trap('no value of the type'),
            ...UNSUPPORTED,
          ),
        ),
    }),
  ),
];

export const exitP1: ConformanceCase[] = [...codes, ...everyCode, ...ends, ...signals];
