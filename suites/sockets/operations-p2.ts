/** Owns operations of a start and a finish that must fail, be it at either of both. */

import { type Expectation, err, ok, oneOf } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot, WasiValue } from '../../harness/contracts/script.ts';
import { TCP, UDP } from './functions-p2.ts';
import { network } from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

export const EITHER =
  'README: "The documented error codes can be returned from either the `start-*` function or the `finish-*` function. Both are equally correct."';

type Fails = (s: ScriptBuilder, socket: Slot, address: WasiValue, ...codes: string[]) => void;

/** An operation that must fail with one of these errors, be it at its start or its finish; `over` is what the finish comes to in the former case. */
const fails =
  (subscribe: string, start: string, finish: string, ...over: readonly Expectation[]): Fails =>
  (s, socket, address, ...codes) => {
    const started = s.call(start, socket, network(s), address);
    s.expect(started, oneOf(EITHER, ...codes.map(err), ok()));
    awaitReady(s, subscribe, socket);
    const finished = s.call(finish, socket);
    s.expect(finished, oneOf(EITHER, ...codes.map(err), err('not-in-progress'), ...over));
    s.check(`it fails with ${codes.join(' or ')}`, [started, finished], ({ values: [begun, ended] }) => {
      const failed = begun?.kind === 'err' ? begun : ended;
      return (failed?.kind === 'err' && codes.includes(String(failed.error))) || 'neither of both steps does';
    });
  };

export const bindFails = fails(TCP.subscribe, TCP.startBind, TCP.finishBind);
/** Where its start has failed the socket is closed, when methods "may always return `error(invalid-state)`". */
export const connectFails = fails(TCP.subscribe, TCP.startConnect, TCP.finishConnect, err('invalid-state'));
export const udpBindFails = fails(UDP.subscribe, UDP.startBind, UDP.finishBind);
