/** Owns from which bytes of a file preview 1's `fd_read` and `fd_pread` read. */

import { type Expectation, err, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding } from './content.ts';
import { buffer, expectBuffer, expectPosition, expectRead, P1, returns } from './content-p1.ts';
import { open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const sequence: ConformanceCase = {
  ...P1,
  id: 'fd_read/in-pieces',
  title:
    'fd_read goes on where the last one ended, gives what is left in the end, and then nothing, again and again',
  spec: p1Docs('fd_read'),
  world: holding(),
  script(s) {
    const { value: fd } = open(s, 'file');
    expectRead(s, fd, 4, 'abcd');
    expectRead(s, fd, 4, 'efgh');
    expectRead(s, fd, 4, 'ij');
    expectRead(s, fd, 4, '');
    expectRead(s, fd, 4, '');
    expectPosition(s, fd, 10);
  },
};

const PAST_TOP =
  'as a `filesize`, which has no sign, such an offset lies past the end, where nothing is read; as an off_t of POSIX it is negative: "[EINVAL] The argument offset is negative"';
const ACROSS_TOP =
  'the offset is past the end, where nothing is read; the last byte asked for has an offset that no off_t holds, of which POSIX says nothing for files that end before';

/** Where `fd_pread` begins in ten bytes, and what it finds. */
const OFFSETS: readonly { id: string; offset: bigint; text: string; open?: [string, ...Expectation[]] }[] = [
  { id: 'middle', offset: 3n, text: 'defgh' },
  { id: 'last-byte', offset: 9n, text: 'j' },
  { id: 'at-the-end', offset: 10n, text: '' },
  { id: 'past-the-end', offset: 11n, text: '' },
  { id: '2-to-32', offset: 2n ** 32n, text: '' },
  { id: '2-to-32-and-3', offset: 2n ** 32n + 3n, text: '' },
  { id: '2-to-63-less-6', offset: 2n ** 63n - 6n, text: '' },
  {
    id: '2-to-63-less-1',
    offset: 2n ** 63n - 1n,
    text: '',
    open: [ACROSS_TOP, err('inval'), err('overflow')],
  },
  { id: '2-to-63', offset: 2n ** 63n, text: '', open: [PAST_TOP, err('inval')] },
  { id: '2-to-64-less-1', offset: 2n ** 64n - 1n, text: '', open: [PAST_TOP, err('inval')] },
];

const offsets = OFFSETS.map(
  ({ id, offset, text, open: left }): ConformanceCase => ({
    ...P1,
    id: `fd_pread/offset-${id}`,
    title: `fd_pread at ${offset} of ten bytes reads ${text.length} of five${left ? ', or is refused,' : ''} and leaves the position`,
    spec: p1Docs('fd_pread.offset'),
    world: holding(),
    script(s) {
      const { value: fd } = open(s, 'file');
      s.expect(s.call('fd_seek', fd, 2n, 'set'), returns(2));
      const block = buffer(s, 8);
      const step = s.call('fd_pread', fd, [{ buf: block, buf_len: 5 }], offset);
      const [why = '', ...others] = left ?? [];
      s.expect(
        step,
        left ? oneOf(String(why), returns(text.length), ...(others as Expectation[])) : returns(text.length),
      );
      expectBuffer(s, block, 8, text);
      expectPosition(s, fd, 2);
    },
  }),
);

export const readingPlacesP1: ConformanceCase[] = [sequence, ...offsets];
