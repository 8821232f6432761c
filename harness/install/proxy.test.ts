/** Whether downloads go through the proxy that the environment names. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { test } from 'node:test';
import { downloadText } from './download.ts';
import { honourProxies } from './proxy.ts';

const skip = http.setGlobalProxyFromEnv === undefined;

test('a proxy of the environment is asked', { skip }, async (t) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('content');
  }).listen(0, '127.0.0.1');
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    const behind = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      behind.pipe(socket).pipe(behind);
    });
    for (const end of [behind, socket]) end.on('error', () => end.destroy());
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  honourProxies({ HTTP_PROXY: `http://127.0.0.1:${port}` });
  const limits = { answerMs: 5_000, stallMs: 5_000, totalMs: 10_000, maxBytes: 1000 };
  // Nobody listens on port 4: only the proxy can give this.
  assert.equal(await downloadText('http://localhost:4/file', limits).catch(String), 'content');
  assert.match(asked[0] ?? '', /localhost:4\b/);
});
