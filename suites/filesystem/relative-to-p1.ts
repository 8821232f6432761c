/** Owns what every function on paths demands of the descriptor that its path begins at. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { DIRECTORY_RIGHTS } from './directory-rights-p1.ts';
import { FILE_RIGHTS, open } from './opening-p1.ts';
import { PATH_CALLS } from './path-calls-p1.ts';
import { p1Docs } from './spec.ts';
import { leaves } from './tree.ts';
import { PLAIN_LINES, PLAIN_TREE } from './worlds.ts';

const P1 = { wasi: 'p1', guest: 'probe-p1' } as const;
const WORLD = { preopens: [{ guest: '/', entries: PLAIN_TREE }] };

const NOT_A_DIRECTORY = oneOf(
  'a file is no directory (`notdir`), and its descriptor can have none of the rights of a directory (`notcapable`): the text does not say which is looked at first',
  err('notdir'),
  err('notcapable'),
);

const title = (id: string, rest: string) => `${id.replace('.', ' at its ')} ${rest}`;

/** No descriptor has such a number: a runtime gives small ones out first, or random ones below 2^31. */
const NUMBERS = [99_999, 2 ** 31 - 1];

export const relativeToP1: ConformanceCase[] = PATH_CALLS.flatMap(
  ({ id, right, path, call }): ConformanceCase[] => [
    {
      ...P1,
      id: `${id}/bad-descriptor`,
      title: title(id, 'returns badf for a descriptor that is not open or was closed'),
      spec: p1Docs('errno.badf'),
      world: WORLD,
      script: (s) => {
        for (const number of NUMBERS) s.expect(call(s, number, path), err('badf'));
        const closed = open(s, 'directory', { oflags: ['directory'], rights: DIRECTORY_RIGHTS });
        const fd = s.let(closed.value);
        s.expect(s.call('fd_close', fd), ok());
        s.expect(call(s, fd, path), err('badf'));
        leaves(s, PLAIN_LINES);
      },
    },
    {
      ...P1,
      id: `${id}/descriptor-of-file`,
      title: title(id, 'is refused for a descriptor that is no directory'),
      spec: p1Docs('errno.notdir'),
      world: WORLD,
      script: (s) => {
        const file = open(s, 'file', { rights: FILE_RIGHTS });
        s.expect(call(s, file.value, path), NOT_A_DIRECTORY);
        s.expect(call(s, file.value, '.'), NOT_A_DIRECTORY);
        leaves(s, PLAIN_LINES);
      },
    },
    {
      ...P1,
      id: `${id}/right`,
      title: title(
        id,
        `returns notcapable for a directory opened without the right ${right}, and needs no other`,
      ),
      spec: p1Docs(`rights.${right}`),
      world: WORLD,
      script: (s) => {
        const others = DIRECTORY_RIGHTS.filter((one) => one !== right);
        const without = open(s, '.', { oflags: ['directory'], rights: others, inheriting: FILE_RIGHTS });
        s.expect(call(s, without.value, path), err('notcapable'));
        const only = open(s, '.', { oflags: ['directory'], rights: [right], inheriting: FILE_RIGHTS });
        // Also tells that the refused call had no effect: no such call succeeds twice.
        s.expect(call(s, only.value, path), ok());
      },
    },
  ],
);
