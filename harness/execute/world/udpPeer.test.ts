/** UDP peers: what came and from where, sent back where it is to, over both IP versions, and closed at the end. */

import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { openPeers } from './peers.ts';

describe('a UDP peer', () => {
  for (const ipVersion of [4, 6] as const)
    test(`tells which datagrams came over IPv${ipVersion}, and from which port`, async () => {
      const opened = await openPeers({ peers: [{ protocol: 'udp', listensOn: 'peer', ipVersion }] });
      const host = ipVersion === 6 ? '::1' : '127.0.0.1';
      const guest = createSocket(ipVersion === 6 ? 'udp6' : 'udp4').bind(0, host);
      await once(guest, 'listening');
      for (const text of ['one', '', 'three'])
        await new Promise((resolve) => guest.send(text, opened.ports.peer!, host, resolve));
      const { port } = guest.address();
      const [seen] = await opened.ended();
      guest.close();
      const texts = seen!.datagrams!.map(({ content }) => Buffer.from(content, 'base64').toString());
      assert.deepEqual(texts, ['one', '', 'three']);
      assert.deepEqual(
        [...new Set(seen!.datagrams!.map((one) => `${one.address} ${one.port}`))],
        [`${host} ${port}`],
      );
      assert.equal(seen!.connected, true);
      assert.equal(Buffer.from(seen!.received.head, 'base64').toString(), 'onethree');
      assert.equal(seen!.received.sizeBytes, 8);
    });

  test('sends back what came where it is to', async () => {
    const opened = await openPeers({ peers: [{ protocol: 'udp', listensOn: 'peer', echoes: true }] });
    const guest = createSocket('udp4');
    const answer = once(guest, 'message');
    guest.send('ping', opened.ports.peer!, '127.0.0.1');
    const [content, from] = (await answer) as [Buffer, { port: number }];
    assert.equal(String(content), 'ping');
    assert.equal(from.port, opened.ports.peer);
    guest.close();
    await opened.ended();
  });

  test('that nobody sends to has seen nothing, and its port is free in the end', async () => {
    const opened = await openPeers({ peers: [{ protocol: 'udp', listensOn: 'peer' }] });
    const [seen] = await opened.ended();
    assert.deepEqual([seen!.connected, seen!.datagrams], [false, []]);
    const again = createSocket('udp4').bind(opened.ports.peer!, '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});
