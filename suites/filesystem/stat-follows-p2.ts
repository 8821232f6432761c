/** Owns that preview 2's `descriptor.stat` and the host see what becomes of a file while it is open. */

import { ok } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { holding, LETTERS } from './content.ts';
import { expectRead, write } from './content-p2.ts';
import { LINK_AT, SET_SIZE, SET_TIMES, STAT, UNLINK_FILE_AT } from './functions-p2.ts';
import { firstPreopen, open, P2 } from './opening-p2.ts';
import { FUNCTION, TYPES } from './spec-p2.ts';
import { STAMPED, type Stat } from './stat-record-p2.ts';
import { expectRest, put, reader, writer } from './streams-p2.ts';
import { onHost } from './tree.ts';

const sized = (s: ScriptBuilder, file: Slot, size: bigint): Step => {
  const step = s.call(STAT, file);
  s.expect(
    step,
    ok(`a size of ${size}`, (value) => (value as unknown as Stat).size === size),
  );
  return step;
};

export const statFollowsP2: ConformanceCase[] = [
  {
    ...P2,
    id: 'descriptor.stat/modified-by-writing',
    title:
      'Writing by descriptor or by stream and setting the size give a file the modification time of then',
    spec: TYPES.descriptorStat,
    world: {
      preopens: [{ guest: '/', entries: { file: STAMPED, other: STAMPED, third: STAMPED, fourth: STAMPED } }],
    },
    script(s) {
      const from = firstPreopen(s);
      write(s, open(s, 'file', { from }), 'A', 0n);
      put(s, writer(s, open(s, 'other', { from })), 'A');
      s.expect(s.call(SET_SIZE, open(s, 'third', { from }), 4n), ok());
      expectRead(s, open(s, 'fourth', { from }), LETTERS);
      s.after('the host finds times of now where something was changed', [], (seen) => {
        for (const path of ['file', 'other', 'third'])
          if (onHost(seen, path)?.modifiedNs === String(STAMPED.modifiedNs))
            return `${path} has its old time`;
        return (
          onHost(seen, 'fourth')?.modifiedNs === String(STAMPED.modifiedNs) || 'reading has changed the time'
        );
      });
    },
  },
  {
    ...P2,
    id: 'descriptor.stat/size-follows',
    title: 'The size that stat returns follows what is written, by whatever way, and what is cut off',
    spec: FUNCTION.stat,
    world: holding(),
    script(s) {
      const file = open(s);
      sized(s, file, 10n);
      write(s, file, 'KLM', 10n);
      sized(s, file, 13n);
      put(s, writer(s, file, 12n), 'MNO');
      sized(s, file, 15n);
      s.expect(s.call(SET_SIZE, file, 2n ** 32n + 1n), ok());
      sized(s, file, 2n ** 32n + 1n);
      s.expect(s.call(SET_SIZE, file, 3n), ok());
      sized(s, file, 3n);
    },
  },
  {
    ...P2,
    id: 'descriptor.stat/links-follow',
    title: 'The link count that stat returns follows the names that a file gains and loses',
    spec: TYPES.descriptorStat,
    world: holding(),
    script(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from });
      const linked = (links: bigint) =>
        s.expect(
          s.call(STAT, file),
          ok(`${links} links`, (value) => (value as unknown as Stat)['link-count'] === links),
        );
      linked(1n);
      s.expect(s.call(LINK_AT, from, [], 'file', from, 'name'), ok());
      linked(2n);
      s.expect(s.call(UNLINK_FILE_AT, from, 'file'), ok());
      linked(1n);
      s.expect(s.call(UNLINK_FILE_AT, from, 'name'), ok());
      linked(0n);
    },
  },
  {
    ...P2,
    id: 'descriptor.stat/unlinked',
    title: 'A file whose last name has gone is read, written and sized while it is open, and has no links',
    spec: FUNCTION.unlinkFileAt,
    world: holding(),
    script(s) {
      const from = firstPreopen(s);
      const file = open(s, 'file', { from });
      const stream = reader(s, file, 8n);
      s.expect(s.call(UNLINK_FILE_AT, from, 'file'), ok());
      expectRead(s, file, LETTERS);
      write(s, file, 'KL', 10n);
      expectRest(s, stream, 'ijKL');
      put(s, writer(s, file, 1n), 'B');
      expectRead(s, file, 'aBcdefghijKL');
      s.expect(
        s.call(STAT, file),
        ok('12 bytes and no links', (value) => {
          const stat = value as unknown as Stat;
          return stat['link-count'] === 0n && stat.size === 12n;
        }),
      );
      s.expect(s.call(SET_SIZE, file, 3n), ok());
      s.expect(s.call(SET_TIMES, file, { tag: 'now' }, { tag: 'now' }), ok());
      s.after('it has no name', [], (seen) => onHost(seen) === undefined || 'it is still there');
    },
  },
];
