/** Owns what preview 1's `fd_renumber` makes of two descriptors. */

import { err, ok } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import type { World } from '../../harness/contracts/world.ts';
import { expectFile, holding, LETTERS } from './content.ts';
import { buffer, expectPosition, expectRead, P1, write } from './content-p1.ts';
import { attributes } from './fdstat-p1.ts';
import { DIRECTORY, open } from './opening-p1.ts';
import { p1Docs } from './spec.ts';

const SPEC = p1Docs('fd_renumber');
const OTHER = 'KLMNOPQRST';
const WORLD = holding(LETTERS, { other: OTHER });
const TWO: World = {
  preopens: [
    { guest: '/one', entries: { file: LETTERS } },
    { guest: '/two', entries: { file: OTHER } },
  ],
};

export const renumberP1: ConformanceCase[] = [
  {
    ...P1,
    id: 'fd_renumber/onto-open',
    title: 'fd_renumber onto an open descriptor gives it the file and position of the first, which is closed',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const from = s.let(open(s, 'file').value);
      const to = s.let(open(s, 'other').value);
      expectRead(s, from, 3, 'abc');
      expectRead(s, to, 5, 'KLMNO');
      s.expect(s.call('fd_renumber', from, to), ok());
      expectPosition(s, to, 3);
      expectRead(s, to, 3, 'def');
      s.expect(s.call('fd_read', from, [{ buf: buffer(s, 4), buf_len: 4 }]), err('badf'));
      s.expect(s.call('fd_close', from), err('badf'));
      s.expect(s.call('fd_close', to), ok());
    },
  },
  {
    ...P1,
    id: 'fd_renumber/rights',
    title: 'fd_renumber gives the second number the rights of the first',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const rights = ['fd_read', 'fd_tell', 'fd_seek'];
      const from = s.let(open(s, 'file', { rights }).value);
      const to = s.let(open(s, 'other').value);
      s.expect(s.call('fd_renumber', from, to), ok());
      s.expect(s.call('fd_fdstat_get', to), attributes({ fs_rights_base: rights }));
    },
  },
  {
    ...P1,
    id: 'fd_renumber/kept-position',
    title:
      'After fd_renumber the new number stands where the old one did and writes there, and what it replaced is left alone',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const from = s.let(open(s, 'file').value);
      const to = s.let(open(s, 'other').value);
      write(s, to, 'kl');
      expectRead(s, from, 3, 'abc');
      s.expect(s.call('fd_renumber', from, to), ok());
      expectPosition(s, to, 3);
      write(s, to, 'DE');
      s.expect(s.call('fd_filestat_get', from), err('badf'));
      expectFile(s, 'abcDEfghij');
      expectFile(s, 'klMNOPQRST', 'other');
    },
  },
  {
    ...P1,
    id: 'fd_renumber/downwards',
    title: 'fd_renumber onto a descriptor opened earlier works as onto a later one',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const to = s.let(open(s, 'other').value);
      const from = s.let(open(s, 'file').value);
      s.expect(s.call('fd_renumber', from, to), ok());
      expectRead(s, to, 3, 'abc');
      s.expect(s.call('fd_filestat_get', from), err('badf'));
    },
  },
  {
    ...P1,
    id: 'fd_renumber/onto-itself',
    title: 'fd_renumber onto itself leaves a descriptor open as it is',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const fd = s.let(open(s, 'file').value);
      expectRead(s, fd, 3, 'abc');
      s.expect(s.call('fd_renumber', fd, fd), ok());
      expectRead(s, fd, 3, 'def');
      s.expect(s.call('fd_close', fd), ok());
    },
  },
  ...(['closed', 'never-opened', 'largest'] as const).flatMap((kind): ConformanceCase[] => [
    {
      ...P1,
      id: `fd_renumber/onto-${kind}`,
      // "This environment does not provide a mechanism to duplicate or renumber a file descriptor to an arbitrary number."
      title: `fd_renumber onto a number that is not open (${kind}) is refused with badf, and the first stays open`,
      spec: SPEC,
      world: WORLD,
      script(s) {
        const from = s.let(open(s, 'file').value);
        const to =
          kind === 'closed' ? s.let(open(s, 'other').value) : kind === 'largest' ? 0xffff_ffff : 1000;
        if (kind === 'closed') s.expect(s.call('fd_close', to), ok());
        s.expect(s.call('fd_renumber', from, to), err('badf'));
        expectRead(s, from, 3, 'abc');
        s.expect(s.call('fd_filestat_get', to), err('badf'));
      },
    },
    {
      ...P1,
      id: `fd_renumber/from-${kind}`,
      title: `fd_renumber of a number that is not open (${kind}) is refused with badf, and the second stays open`,
      spec: SPEC,
      world: WORLD,
      script(s) {
        const to = s.let(open(s, 'file').value);
        const from =
          kind === 'closed' ? s.let(open(s, 'other').value) : kind === 'largest' ? 0xffff_ffff : 1000;
        if (kind === 'closed') s.expect(s.call('fd_close', from), ok());
        s.expect(s.call('fd_renumber', from, to), err('badf'));
        expectRead(s, to, 3, 'abc');
      },
    },
  ]),
  {
    ...P1,
    id: 'fd_renumber/closed-onto-itself',
    title: 'fd_renumber of a closed descriptor onto itself is refused with badf',
    spec: SPEC,
    world: WORLD,
    script(s) {
      const fd = s.let(open(s, 'file').value);
      s.expect(s.call('fd_close', fd), ok());
      s.expect(s.call('fd_renumber', fd, fd), err('badf'));
    },
  },
  {
    ...P1,
    id: 'fd_renumber/onto-preopen',
    title:
      'fd_renumber onto a preopened directory gives its number the file, which is no preopened directory',
    spec: SPEC,
    world: TWO,
    script(s) {
      const from = s.let(open(s, 'file').value);
      s.expect(s.call('fd_renumber', from, DIRECTORY + 1), ok());
      expectRead(s, DIRECTORY + 1, 3, 'abc');
      s.expect(s.call('fd_fdstat_get', DIRECTORY + 1), attributes({ fs_filetype: 'regular_file' }));
      s.expect(s.call('fd_filestat_get', from), err('badf'));
    },
  },
  {
    ...P1,
    id: 'fd_renumber/preopen',
    title: 'fd_renumber of a preopened directory gives the other number the directory',
    spec: SPEC,
    world: TWO,
    script(s) {
      const to = s.let(open(s, 'file').value);
      s.expect(s.call('fd_renumber', DIRECTORY + 1, to), ok());
      s.expect(s.call('fd_filestat_get', DIRECTORY + 1), err('badf'));
      expectRead(s, open(s, 'file', { at: { value: to } as never }).value, 3, 'KLM');
    },
  },
];
