/** Owns laying out `poll_oneoff`'s subscriptions in memory, and reading back its events with all that lies around them. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import {
  at,
  type ScriptBuilder,
  type Slot,
  type Step,
  type WasiValue,
} from '../../harness/contracts/script.ts';

export const REALTIME = 0;
export const MONOTONIC = 1;

export const NS_PER_MS = 1_000_000n;
export const HOUR = 3_600_000n * NS_PER_MS;

export const SUBSCRIPTION_BYTES = 48;
export const EVENT_BYTES = 32;
const TYPES = ['clock', 'fd_read', 'fd_write'];
const CANARY = 0xa5;
/** Where nothing is written after the events, and before and after their number. */
const GUARD_BYTES = 32;

export interface ClockSubscription {
  type: 'clock';
  clock: number;
  timeoutNs: bigint | Slot;
  isAbsolute?: boolean;
  precisionNs?: bigint;
  userdata?: bigint;
}

export interface FdSubscription {
  type: 'fd_read' | 'fd_write';
  fd: number | Slot;
  userdata?: bigint;
}

export type Subscription = ClockSubscription | FdSubscription;

/** A relative timeout of the monotonic clock. */
export const after = (timeoutNs: bigint, more: Partial<ClockSubscription> = {}): ClockSubscription => ({
  ...{ type: 'clock', clock: MONOTONIC, timeoutNs },
  ...more,
});
/** The userdata of `late`. */
const LATE = 0x1a7en;
/** Ends a call that would otherwise wait for ever: half a second, of which a host that does as it should needs nothing. */
export const late = after(500n * NS_PER_MS, { userdata: LATE });
export const readable = (fd: number | Slot, userdata?: bigint): FdSubscription =>
  userdata === undefined ? { type: 'fd_read', fd } : { type: 'fd_read', fd, userdata };
export const writable = (fd: number | Slot, userdata?: bigint): FdSubscription =>
  userdata === undefined ? { type: 'fd_write', fd } : { type: 'fd_write', fd, userdata };

/** An event as it came back. */
export interface PollEvent {
  userdata: bigint;
  error: number;
  type: string;
  nbytes: bigint;
  flags: number;
}

export const BADF = 8;
export const INVAL = 28;
export const NOSYS = 52;
export const NOTSUP = 58;
export const HANGUP = 1;

/** The subscriptions in memory; without `userdata` each has its index. */
export function layOut(
  s: Pick<ScriptBuilder, 'alloc' | 'store'>,
  subscriptions: readonly Subscription[],
): Slot {
  const list = s.alloc(SUBSCRIPTION_BYTES * subscriptions.length, 8);
  subscriptions.forEach((one, index) => {
    const offset = (field: number) => at`${list} + ${index * SUBSCRIPTION_BYTES + field}`;
    s.store('u64', offset(0), one.userdata ?? BigInt(index));
    s.store('u8', offset(8), TYPES.indexOf(one.type));
    if (one.type !== 'clock') {
      s.store('u32', offset(16), one.fd);
      return;
    }
    s.store('u32', offset(16), one.clock);
    s.store('u64', offset(24), one.timeoutNs);
    if (one.precisionNs) s.store('u64', offset(32), one.precisionNs);
    if (one.isAbsolute) s.store('u16', offset(40), 1);
  });
  return list;
}

/** Polls once, and shows the events. What the call must come to is the case's to state. */
export function poll(
  s: ScriptBuilder,
  subscriptions: readonly Subscription[],
  list: Slot = layOut(s, subscriptions),
): Step {
  const size = subscriptions.length * EVENT_BYTES;
  const out = s.alloc(size + GUARD_BYTES, 8);
  s.fill(out, size + GUARD_BYTES, CANARY);
  const count = s.alloc(12, 4);
  s.fill(count, 12, CANARY);
  return s.raw(
    'poll_oneoff',
    [list, out, BigInt(subscriptions.length), at`${count} + 4`],
    [
      [count, 12],
      [out, size + GUARD_BYTES],
    ],
  );
}

/** Polls, expecting success and events for which `test` holds: it returns true or what is wrong with them. */
export function expectEvents(
  s: ScriptBuilder,
  what: string,
  subscriptions: readonly Subscription[],
  test: (events: PollEvent[]) => true | string,
  list?: Slot,
): Step {
  const call = poll(s, subscriptions, list);
  s.expect(call, ok());
  s.check(what, [call], ({ values: [seen] }) => {
    const events = eventsIn(seen?.kind === 'ok' ? seen.value : null);
    return typeof events === 'string' ? events : test(events);
  });
  return call;
}

const WHERE =
  'the text gives events an `error` for "an error that occurred while processing the subscription request", and the call itself may return an errno, without saying which of the two';

/** Expects the one subscription to be refused with an errno, in its event or by the call itself, or as `more` allows. */
export function refused(
  errors: Readonly<Record<string, number>>,
  why = WHERE,
  ...more: readonly Expectation[]
): Expectation {
  const names = Object.keys(errors);
  const event = ok(`an event with ${names.join(' or ')}`, (value) => {
    const events = eventsIn(value);
    if (typeof events === 'string') return false;
    const own = events.filter(({ userdata }) => userdata !== LATE);
    return own.length === 1 && Object.values(errors).includes(own[0]!.error);
  });
  return oneOf(why, event, ...names.map(err), ...more);
}

/** Expects success, and an event of that userdata among others. */
export function hasEvent(userdata: bigint): Expectation {
  return ok(`an event of ${userdata}`, (value) => {
    const events = eventsIn(value);
    return typeof events !== 'string' && events.some((event) => event.userdata === userdata);
  });
}

/** The events that a call showed, or what is wrong with how they were returned. */
function eventsIn(value: WasiValue): PollEvent[] | string {
  if (!(value instanceof Uint8Array)) return 'nothing was shown';
  const counted = Buffer.from(value.subarray(0, 12));
  const shown = Buffer.from(value.subarray(12));
  const most = (shown.length - GUARD_BYTES) / EVENT_BYTES;
  if ([...counted.subarray(0, 4), ...counted.subarray(8)].some((byte) => byte !== CANARY))
    return 'something was written beside the number of events';
  const count = counted.readUInt32LE(4);
  if (count > most) return `${count} events for ${most} subscriptions`;
  if (count === 0) return 'no event';
  // The place has room for as many events as subscriptions: the rest of it is the host's to use.
  const beyond = shown.subarray(most * EVENT_BYTES).findIndex((byte) => byte !== CANARY);
  if (beyond >= 0) return `something was written ${beyond} bytes behind the place of the events`;
  return Array.from({ length: count }, (_, index) => {
    const event = shown.subarray(index * EVENT_BYTES, (index + 1) * EVENT_BYTES);
    const type = event.readUInt8(10);
    return {
      userdata: event.readBigUInt64LE(0),
      error: event.readUInt16LE(8),
      type: TYPES[type] ?? `unknown(${type})`,
      nbytes: event.readBigUInt64LE(16),
      flags: event.readUInt16LE(24),
    };
  });
}

/** True when the events are of exactly these subscriptions, in whatever order, without an error. */
export function exactly(...expected: { userdata: bigint; type: string }[]) {
  return (events: PollEvent[]): true | string => {
    const failed = events.find(({ error }) => error !== 0);
    if (failed) return `the event of ${failed.userdata} has the error ${failed.error}`;
    const text = (list: readonly { userdata: bigint; type: string }[]) =>
      list
        .map(({ userdata, type }) => `${type} ${userdata}`)
        .toSorted()
        .join(', ');
    return text(events) === text(expected) || `there are ${text(events)}, due were ${text(expected)}`;
  };
}

/** "The number of bytes available for reading or writing." */
export const tellsFive = (events: PollEvent[]): true | string => {
  const told = events.map(({ nbytes }) => nbytes).join();
  return told === '5' || `it tells ${told}`;
};

/** What `exactly` compares an event to. */
export const due = (type: PollEvent['type'], userdata = 0n) => ({ type, userdata });
