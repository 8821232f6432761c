/** Owns polling several of the monotonic clock's pollables: which indices come back, and when. */

import { ok, oneOf } from '../../harness/contracts/expect.ts';
import { at, type ScriptBuilder, type Slot } from '../../harness/contracts/script.ts';
import type { ConformanceCase } from '../../harness/contracts/suite.ts';
import { POLL_LIST, POLLABLE, SUBSCRIBE_DURATION, SUBSCRIBE_INSTANT } from './functions-p2.ts';
import { bytesOf, NS_PER_MS, NS_PER_SECOND } from './readings.ts';
import { POLL } from './spec.ts';

const P2 = { wasi: 'p2', guest: 'probe-p2-clocks' } as const;

const HOUR = 3_600n * NS_PER_SECOND;
const PAUSE = 50n * NS_PER_MS;
const LARGEST = 2n ** 64n - 1n;

const sameList = (value: unknown, wanted: readonly number[]) =>
  Array.isArray(value) &&
  value.length === wanted.length &&
  wanted.every((index, place) => value[place] === index);
const indices = (...wanted: number[]) => ok(`[${wanted.join(', ')}]`, (value) => sameList(value, wanted));

const MORE_THAN_ONE =
  'the result "contains one or more indices of handles in the argument list that is ready": it need not name all of them';

const manyDue = (s: ScriptBuilder): Slot[] => [
  s.call(SUBSCRIBE_INSTANT, 0n).value,
  s.call(SUBSCRIBE_INSTANT, 0n).value,
];

const polls: ConformanceCase[] = [
  {
    id: 'poll/one-due',
    title: 'Polling one pollable that is ready returns its index',
    script: (s: ScriptBuilder) =>
      s.expect(s.call(POLL_LIST, [s.call(SUBSCRIBE_INSTANT, 0n).value]), indices(0)),
  },
  {
    id: 'poll/one-of-three-due',
    title: 'Polling three pollables of which the second is ready returns its index only',
    script: (s: ScriptBuilder) => {
      const list = [
        s.call(SUBSCRIBE_DURATION, HOUR).value,
        s.call(SUBSCRIBE_INSTANT, 0n).value,
        s.call(SUBSCRIBE_DURATION, HOUR).value,
      ];
      s.expect(s.call(POLL_LIST, list), indices(1));
    },
  },
  {
    id: 'poll/first-to-come',
    title: 'Polling three pollables of which the last is due in 50 ms waits for it and returns its index',
    script: (s: ScriptBuilder) => {
      const list = [HOUR, LARGEST, PAUSE].map((duration) => s.call(SUBSCRIBE_DURATION, duration).value);
      s.expect(s.call(POLL_LIST, list), indices(2));
    },
  },
  {
    id: 'poll/all-due',
    title: 'Polling two pollables that are ready returns the index of one or both',
    script: (s: ScriptBuilder) =>
      s.expect(
        s.call(POLL_LIST, manyDue(s)),
        oneOf(MORE_THAN_ONE, indices(0, 1), indices(1, 0), indices(0), indices(1)),
      ),
  },
  {
    id: 'poll/same-twice',
    title: 'A pollable may stand in the list twice; the index of one place or of both is returned',
    script: (s: ScriptBuilder) => {
      const { value } = s.call(SUBSCRIBE_INSTANT, 0n);
      s.expect(
        s.call(POLL_LIST, [value, value]),
        oneOf(MORE_THAN_ONE, indices(0, 1), indices(1, 0), indices(0), indices(1)),
      );
    },
  },
  {
    id: 'poll/again',
    title:
      'Polling takes nothing away: the same pollables can be polled again with the same result, and dropped',
    script: (s: ScriptBuilder) => {
      const list = [s.call(SUBSCRIBE_DURATION, HOUR).value, s.call(SUBSCRIBE_INSTANT, 0n).value];
      s.expect(s.call(POLL_LIST, list), indices(1));
      s.expect(s.call(POLL_LIST, list), indices(1));
      for (const value of list) s.expect(s.drop(POLLABLE, value), ok());
    },
  },
  {
    id: 'poll/other-list',
    title:
      'Each list of pollables is polled for itself: the index of the one that is ready, wherever it stands',
    script: (s: ScriptBuilder) => {
      const late = s.call(SUBSCRIBE_DURATION, HOUR).value;
      const due = s.call(SUBSCRIBE_INSTANT, 0n).value;
      s.expect(s.call(POLL_LIST, [due, late]), indices(0));
      s.expect(s.call(POLL_LIST, [late, due]), indices(1));
    },
  },
].map((one) => ({ ...P2, spec: POLL.poll, ...one }));

const MANY = 1_000;
const DUE_INDEX = 777;

const many: ConformanceCase = {
  ...P2,
  id: 'poll/one-of-a-thousand',
  title: 'Polling 1,000 pollables of which one is ready returns its index only',
  spec: POLL.poll,
  script: (s) => {
    const list = s.alloc(MANY * 4);
    const area = s.alloc(8);
    s.loop(MANY, (index) =>
      s.store('u32', at`${list} + ${index} * 4`, s.raw(SUBSCRIBE_DURATION, [HOUR]).result),
    );
    s.store('u32', at`${list} + ${DUE_INDEX * 4}`, s.call(SUBSCRIBE_INSTANT, 0n).value);
    s.expect(s.raw(POLL_LIST, [list, MANY, area]), ok());
    const found = [s.show(at`${area} + 4`, 4), s.show(at`u32[${area}]`, 4)];
    s.check('one index, that of the ready one', found, ({ values }) => {
      const [count, first] = values.map((value) => bytesOf(value)[0]! + bytesOf(value)[1]! * 256);
      return (count === 1 && first === DUE_INDEX) || `${count} indices, the first of them ${first}`;
    });
  },
};

export const pollP2: ConformanceCase[] = [...polls, many];
