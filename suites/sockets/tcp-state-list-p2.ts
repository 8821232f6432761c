/** Owns the states of a TCP socket: how a case comes to each, and how it shows that the socket is still in it. */

import { err } from '../../harness/contracts/expect.ts';
import type { ScriptBuilder, Slot } from '../../harness/contracts/script.ts';
import { loopback } from './addresses-p2.ts';
import { TCP } from './functions-p2.ts';
import { bound, closed, connectedPair, create, listening, must, network } from './tcp-opening-p2.ts';
import { awaitReady } from './waiting-p2.ts';

export interface State {
  id:
    | 'unbound'
    | 'bind-in-progress'
    | 'bound'
    | 'listen-in-progress'
    | 'listening'
    | 'connect-in-progress'
    | 'connected'
    | 'closed';
  open(s: ScriptBuilder): Slot;
  /** What only a socket in this state does. */
  goesOn(s: ScriptBuilder, socket: Slot): void;
}

export const STATES_OF_TCP: readonly State[] = [
  {
    id: 'unbound',
    open: (s) => create(s),
    goesOn: (s, socket) => void must(s, TCP.startBind, socket, network(s), loopback('ipv4')),
  },
  {
    id: 'bind-in-progress',
    open: (s) => {
      const socket = create(s);
      must(s, TCP.startBind, socket, network(s), loopback('ipv4'));
      return socket;
    },
    goesOn: (s, socket) => {
      awaitReady(s, TCP.subscribe, socket);
      must(s, TCP.finishBind, socket);
    },
  },
  {
    id: 'bound',
    open: (s) => bound(s).socket,
    goesOn: (s, socket) => void must(s, TCP.startListen, socket),
  },
  {
    id: 'listen-in-progress',
    open: (s) => {
      const { socket } = bound(s);
      must(s, TCP.startListen, socket);
      return socket;
    },
    goesOn: (s, socket) => {
      awaitReady(s, TCP.subscribe, socket);
      must(s, TCP.finishListen, socket);
    },
  },
  {
    id: 'listening',
    open: (s) => listening(s).socket,
    goesOn: (s, socket) => s.expect(s.call(TCP.accept, socket), err('would-block')),
  },
  {
    id: 'connect-in-progress',
    open: (s) => {
      const { port } = listening(s);
      const { socket } = bound(s);
      must(s, TCP.startConnect, socket, network(s), loopback('ipv4', port));
      // The system has connected by now; the socket's state is another until this is finished.
      awaitReady(s, TCP.subscribe, socket);
      return socket;
    },
    goesOn: (s, socket) => void must(s, TCP.finishConnect, socket),
  },
  {
    id: 'connected',
    open: (s) => connectedPair(s).client.socket,
    goesOn: (s, socket) => void must(s, TCP.remoteAddress, socket),
  },
  {
    id: 'closed',
    open: (s) => closed(s),
    goesOn: (s, socket) =>
      s.expect(s.call(TCP.startBind, socket, network(s), loopback('ipv4')), err('invalid-state')),
  },
];
