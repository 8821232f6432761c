/** Owns operations of a start and a finish: that one fails, be it at either of both, or that of several attempts one succeeds. */

import { err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, Step, WasiValue } from '../../harness/contracts/script.ts';
import { TCP, UDP } from './functions-p2.ts';
import { network } from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

const EITHER =
  'README: "The documented error codes can be returned from either the `start-*` function or the `finish-*` function. Both are equally correct."';

/** A port that is free in one family may by chance be somebody else's in the other: of three attempts one must succeed. */
export function oneSucceeds(
  s: ScriptBuilder,
  subscribe: string,
  attempts: readonly { handle: Slot; start(): Step; finish(): Step }[],
): void {
  const steps = attempts.flatMap(({ handle, start, finish }) => {
    const started = start();
    awaitReady(s, subscribe, handle);
    return [started, finish()];
  });
  s.check('one of them succeeds', steps, ({ values }) => {
    const fine = values.some((seen, index) => index % 2 === 1 && seen.kind === 'ok');
    return fine || 'none of them does';
  });
}

type Fails = (s: ScriptBuilder, socket: Slot, address: WasiValue, ...codes: string[]) => void;

/** An operation that must fail with one of these errors, be it at its start or its finish. */
const fails =
  (subscribe: string, start: string, finish: string): Fails =>
  (s, socket, address, ...codes) => {
    const started = s.call(start, socket, network(s), address);
    s.expect(started, oneOf(EITHER, ...codes.map(err), ok()));
    awaitReady(s, subscribe, socket);
    const finished = s.call(finish, socket);
    s.expect(finished, oneOf(EITHER, ...codes.map(err), err('not-in-progress')));
    s.check(`it fails with ${codes.join(' or ')}`, [started, finished], ({ values: [begun, ended] }) => {
      const failed = begun?.kind === 'err' ? begun : ended;
      return (failed?.kind === 'err' && codes.includes(String(failed.error))) || 'neither of both steps does';
    });
  };

export const bindFails = fails(TCP.subscribe, TCP.startBind, TCP.finishBind);
export const connectFails = fails(TCP.subscribe, TCP.startConnect, TCP.finishConnect);
export const udpBindFails = fails(UDP.subscribe, UDP.startBind, UDP.finishBind);
