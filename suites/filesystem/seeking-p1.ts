/** Owns where preview 1's `fd_seek` leads, and what it refuses. */

import { type Expectation, err, ok, oneOf, trap } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { expectPosition, expectRead, P1, returns } from './content-p1.ts';
import { open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

type Whence = 'set' | 'cur' | 'end';

/** Seeks in ten bytes, each from where the one before has led. */
const WALKS: readonly { whence: Whence; words: string; steps: [delta: bigint, to: bigint][] }[] = [
  {
    whence: 'set',
    words: 'the start',
    steps: [
      [3n, 3n],
      [0n, 0n],
      [10n, 10n],
      [25n, 25n],
      [2n ** 32n, 2n ** 32n],
      [2n ** 32n + 7n, 2n ** 32n + 7n],
      [1n, 1n],
    ],
  },
  {
    whence: 'cur',
    words: 'the position',
    steps: [
      [3n, 3n],
      [0n, 3n],
      [4n, 7n],
      [-2n, 5n],
      [20n, 25n],
      [-25n, 0n],
      [2n ** 32n, 2n ** 32n],
      [-1n, 2n ** 32n - 1n],
    ],
  },
  {
    whence: 'end',
    words: 'the end',
    steps: [
      [0n, 10n],
      [-3n, 7n],
      [-10n, 0n],
      [5n, 15n],
      [2n ** 32n, 2n ** 32n + 10n],
    ],
  },
];

const walks = WALKS.map(
  ({ whence, words, steps }): ConformanceCase => ({
    ...P1,
    id: `fd_seek/${whence}`,
    title: `fd_seek relative to ${words} returns the position, fd_tell agrees, and the file stays as it is`,
    spec: p1Docs(`whence.${whence}`),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      for (const [delta, to] of steps) {
        s.expect(s.call('fd_seek', fd, delta, whence), returns(to));
        expectPosition(s, fd, to);
      }
      expectFile(s, LETTERS);
    },
  }),
);

const reads: ConformanceCase = {
  ...P1,
  id: 'fd_seek/then-read',
  title: 'Reading begins where fd_seek led: in the middle, at the last byte, at the end and past it',
  spec: p1Docs('fd_seek'),
  world: holding(),
  script(s) {
    const { value: fd } = open(s, 'file');
    for (const [delta, whence, text] of [
      [4n, 'set', 'efgh'],
      [-7n, 'cur', 'bcde'],
      [-1n, 'end', 'j'],
      [0n, 'end', ''],
      [30n, 'set', ''],
    ] as const) {
      s.expect(s.call('fd_seek', fd, delta, whence), ok());
      expectRead(s, fd, 4, text);
    }
    expectPosition(s, fd, 30);
  },
};

const NO_WHENCE =
  'a number that is none of the cases of `whence` is an "invalid argument", as in lseek of POSIX, or no value of the type at all, of which the text says nothing and which as an error in the ABI may trap';
const MOST_OF_FILE =
  'the position is one that a `filedelta` holds, but lseek of POSIX may know a maximum for the file: "[EINVAL] … the resulting file offset would be invalid"';

/** Seeks from position 4 of ten bytes that can't be done. */
const REFUSED: readonly {
  id: string;
  words: string;
  delta: bigint;
  whence: Whence | number;
  to: Expectation;
}[] = [
  { id: 'before-the-start', words: 'to before the start', delta: -1n, whence: 'set', to: err('inval') },
  {
    id: 'before-the-start-from-position',
    words: 'from the position to before the start',
    delta: -5n,
    whence: 'cur',
    to: err('inval'),
  },
  {
    id: 'before-the-start-from-end',
    words: 'from the end to before the start',
    delta: -11n,
    whence: 'end',
    to: err('inval'),
  },
  { id: 'least', words: 'by the least delta', delta: -(2n ** 63n), whence: 'cur', to: err('inval') },
];

const refused = REFUSED.map(
  ({ id, words, delta, whence, to }): ConformanceCase => ({
    ...P1,
    id: `fd_seek/${id}`,
    title: `fd_seek ${words} is refused, and the position stays`,
    spec: p1Docs('fd_seek'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      expectRead(s, fd, 4, 'abcd');
      s.expect(s.call('fd_seek', fd, delta, whence), to);
      expectPosition(s, fd, 4);
      expectRead(s, fd, 4, 'efgh');
    },
  }),
);

const badWhence = [3, 255].map(
  (whence): ConformanceCase => ({
    ...P1,
    id: `fd_seek/whence-${whence}`,
    title: `fd_seek with whence ${whence}, which does not exist, is refused with inval or by a trap`,
    spec: p1Docs('whence'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(
        s.call('fd_seek', fd, 2n, whence),
        oneOf(NO_WHENCE, err('inval'), trap('no value of the type')),
      );
    },
  }),
);

const largest: ConformanceCase = {
  ...P1,
  id: 'fd_seek/largest',
  title: 'fd_seek to 2^63 - 1 leads there or is refused, and reading there gives nothing',
  spec: p1Docs('fd_seek'),
  world: holding(),
  script(s) {
    const { value: fd } = open(s, 'file');
    s.expect(
      s.call('fd_seek', fd, 2n ** 63n - 1n, 'set'),
      oneOf(MOST_OF_FILE, returns(2n ** 63n - 1n), err('inval'), err('overflow')),
    );
    s.expect(s.call('fd_seek', fd, 0n, 'set'), returns(0));
    expectRead(s, fd, 4, 'abcd');
  },
};

const BEYOND_MOST =
  'a `filesize`, which `fd_seek` returns, holds such a position; POSIX knows EINVAL where the offset is none for the file, and EOVERFLOW where it "cannot be represented correctly in an object of type off_t"';

const beyond = (['cur', 'end'] as const).map(
  (whence): ConformanceCase => ({
    ...P1,
    id: `fd_seek/beyond-2-to-63-from-${whence}`,
    title: `fd_seek from ${whence} to beyond 2^63 leads there, where nothing is, or is refused and the position stays`,
    spec: p1Docs('fd_seek'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      expectRead(s, fd, 4, 'abcd');
      const to = 2n ** 63n - 1n + (whence === 'cur' ? 4n : 10n);
      const seek = s.call('fd_seek', fd, 2n ** 63n - 1n, whence);
      s.expect(seek, oneOf(BEYOND_MOST, returns(to), err('overflow'), err('inval')));
      const tell = s.call('fd_tell', fd);
      s.expect(tell, ok());
      s.check('the position is where the seek led', [seek, tell], ({ values: [sought, told] }) => {
        const wanted = sought?.kind === 'ok' ? to : 4n;
        return (told?.kind === 'ok' && told.value === wanted) || `it is not ${wanted}`;
      });
      expectFile(s, LETTERS);
    },
  }),
);

export const seekingP1: ConformanceCase[] = [...walks, reads, ...refused, ...badWhence, largest, ...beyond];
