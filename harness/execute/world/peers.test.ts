/** Peers: they connect and listen, do their steps in order, and tell what the guest's side did. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import type { PeerStep, TcpPeer } from '../../contracts/peer.ts';
import { openPeers } from './peers.ts';

/** What comes until the other side ends; the socket stays open for writing. */
async function received(socket: Socket): Promise<string> {
  let all = '';
  socket.on('data', (bytes) => {
    all += String(bytes);
  });
  await once(socket, 'end');
  return all;
}
const text = (head: string) => Buffer.from(head, 'base64').toString();

/** Plays a listening peer against what `guest` does with a connection to it. */
async function against(peer: Omit<TcpPeer, 'protocol'>, guest: (socket: Socket) => Promise<unknown>) {
  const opened = await openPeers({ peers: [{ protocol: 'tcp', listensOn: 'port', ...peer }] });
  const host = peer.ipVersion === 6 ? '::1' : '127.0.0.1';
  const socket = connect({ port: opened.ports.port!, host, allowHalfOpen: true });
  socket.on('error', () => {});
  await once(socket, 'connect');
  await guest(socket);
  socket.destroy();
  const [seen] = await opened.ended();
  return seen!;
}

const steps = (...list: PeerStep[]) => ({ steps: list });

describe('a peer', () => {
  for (const ipVersion of [4, 6] as const)
    test(`listens over IPv${ipVersion}, sends, ends its side, and hears the guest to its end`, async () => {
      const seen = await against(
        { ipVersion, ...steps({ do: 'send', content: 'hello' }, { do: 'end' }) },
        async (socket) => {
          assert.equal(await received(socket), 'hello');
          socket.end('good bye');
          await once(socket, 'close');
        },
      );
      assert.equal(seen.connected, true);
      assert.equal(seen.ended, 'end');
      assert.equal(text(seen.received.head), 'good bye');
    });

  test('waits for bytes before it goes on', async () => {
    await against(
      steps({ do: 'await-bytes', count: 4 }, { do: 'send', content: 'now' }, { do: 'end' }),
      async (socket) => {
        socket.write('ab');
        socket.write('cd');
        assert.equal(await received(socket), 'now');
      },
    );
  });

  test('waits for the end of the guest’s side', async () => {
    const seen = await against(
      steps({ do: 'await-end' }, { do: 'send', content: 'after' }, { do: 'end' }),
      async (socket) => {
        socket.end('x');
        assert.equal(await received(socket), 'after');
      },
    );
    assert.equal(seen.received.sizeBytes, 1);
  });

  test('vanishes with a reset', async () => {
    await against(steps({ do: 'await-bytes', count: 1 }, { do: 'reset' }), async (socket) => {
      const failed = new Promise<NodeJS.ErrnoException>((resolve) => socket.once('error', resolve));
      socket.write('x');
      assert.equal((await failed).code, 'ECONNRESET');
    });
  });

  test('tells a reset by the guest from its end', async () => {
    const seen = await against({}, async (socket) => socket.resetAndDestroy());
    assert.equal(seen.ended, 'reset');
  });

  test('reads all of it slowly', async () => {
    const content = Buffer.alloc(300_000, 7);
    const seen = await against(
      { reads: 'slowly', ...steps({ do: 'await-end' }, { do: 'end' }) },
      async (socket) => {
        socket.end(content);
        await once(socket, 'close');
      },
    );
    assert.equal(seen.received.sizeBytes, content.length);
  });

  test('connects to a guest that begins to listen later, and gives up when the guest ends', async () => {
    const opened = await openPeers({
      listen: true,
      peers: [
        { protocol: 'tcp', connectsTo: 'listener', ...steps({ do: 'send', content: 'hi' }, { do: 'end' }) },
        { protocol: 'tcp', connectsTo: 'nobody' },
      ],
    });
    const server = createServer();
    server.listen(opened.listener, '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [Socket];
    assert.equal(await received(socket), 'hi');
    socket.destroy();
    server.close();
    const seen = await opened.ended();
    assert.deepEqual(
      seen.map(({ connected }) => connected),
      [true, false],
    );
    assert.deepEqual(Object.keys(opened.ports), ['nobody']);
  });
});
