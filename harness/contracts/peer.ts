/** What stands at the other end of a guest's sockets: peers that the harness plays, on the loopback only. */

import type { Slot } from './script.ts';
import type { HostOutput } from './world.ts';

/** What a peer does once connected, one after the other; reading goes on beside. */
export type PeerStep =
  | { do: 'send'; content: string | Uint8Array }
  /** Waits until so many bytes in all have come from the guest. */
  | { do: 'await-bytes'; count: number }
  /** Waits until the guest has ended its side. */
  | { do: 'await-end' }
  /** Half-closes: nothing more is sent, reading goes on. */
  | { do: 'end' }
  /** Vanishes with an RST, whatever has not been read or sent. */
  | { do: 'reset' };

export interface TcpPeer {
  protocol: 'tcp';
  /**
   * `listener` is the socket handed to the guest; any other name is a port that the harness chose and that the script knows by
   * `portOf(name)`. A connecting peer tries until somebody listens, a listening one takes one connection.
   */
  connectsTo?: string;
  listensOn?: string;
  /** 4 unless given. */
  ipVersion?: 4 | 6;
  /** `at-once` unless given; `slowly` takes little at a time, `never` leaves everything in the system's buffers. */
  reads?: 'at-once' | 'slowly' | 'never';
  steps?: readonly PeerStep[];
}

/** Takes datagrams at a port that the system chose and that the script knows by `portOf(listensOn)`. */
export interface UdpPeer {
  protocol: 'udp';
  listensOn: string;
  /** 4 unless given. */
  ipVersion?: 4 | 6;
  /** Sends each datagram back to where it came from. */
  echoes?: true;
}

/**
 * For timing: does one thing on each of any number of connections, as fast as it can: sends zeros without end, takes everything, or sends back
 * what comes.
 */
export interface TcpService {
  protocol: 'tcp';
  serves: 'zeros' | 'sink' | 'echo';
  listensOn: string;
  /** 4 unless given. */
  ipVersion?: 4 | 6;
}

export type Peer = TcpPeer | UdpPeer | TcpService;

/** A datagram as it came. */
export interface HostDatagram {
  /** Where it came from. */
  address: string;
  port: number;
  /** In base64. */
  content: string;
}

/** What a peer saw. */
export interface HostPeer {
  /** Of UDP: whether any datagram came. */
  connected: boolean;
  /** Of UDP: of all datagrams one after the other. */
  received: HostOutput;
  /** How the guest's side ended: by an orderly end, by an RST, or not before the guest's process did. Of UDP always `open`. */
  ended: 'end' | 'reset' | 'open';
  /** Of UDP: the first 1,000. */
  datagrams?: HostDatagram[];
}

/** A port of the world's peers in a script. */
export function portOf(name: string): Slot {
  return { expression: `$${name}` };
}
