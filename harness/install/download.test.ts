/** Downloads from a server of our own: good ones, and every way in which a host can fail or cheat. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { type DownloadError, downloadFile, downloadText } from './download.ts';
import { sha256 } from './fake-machine.ts';

const LIMITS = { answerMs: 5_000, stallMs: 5_000, totalMs: 20_000, maxBytes: 1 << 20 };
const CONTENT = 'wasm'.repeat(50_000);

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function target(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wasimeter-download-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return path.join(folder, 'file');
}

/** Downloads what `listener` serves at `/` and expects it to fail with `message`. */
async function fails(
  t: TestContext,
  listener: RequestListener,
  kind: DownloadError['kind'],
  message: RegExp,
  limits = {},
): Promise<void> {
  const address = await serve(t, listener);
  await assert.rejects(downloadFile(`${address}/`, await target(t), { ...LIMITS, ...limits }), (error) => {
    assert.equal((error as Error).name, 'DownloadError', String((error as Error).stack));
    assert.equal((error as DownloadError).kind, kind);
    assert.match((error as Error).message, message);
    assert.doesNotMatch((error as Error).message, /127\.0\.0\.1|http:/);
    return true;
  });
}

test('a good download is written and hashed as it comes', async (t) => {
  const address = await serve(t, (_, response) => response.end(CONTENT));
  const file = await target(t);
  assert.deepEqual(await downloadFile(`${address}/`, file, LIMITS), {
    sha256: sha256(CONTENT),
    bytes: CONTENT.length,
  });
  assert.equal(await readFile(file, 'utf8'), CONTENT);
  assert.equal(await downloadText(`${address}/`, LIMITS), CONTENT);
});

test('a truncated one is no download, with an announced length or in chunks', async (t) => {
  await fails(
    t,
    (_, response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      response.write(CONTENT.slice(0, 100_000), () => response.destroy());
    },
    'failed',
    /^the download ended early, after \d+ bytes$/,
  );
  await fails(
    t,
    (_, response) => void response.write(CONTENT, () => response.destroy()),
    'failed',
    /^the download ended early/,
  );
});

test('what the host says instead of the file', async (t) => {
  const answers: [number, DownloadError['kind'], RegExp][] = [
    [404, 'absent', /^it is not there \(HTTP 404\)$/],
    [429, 'unwilling', /HTTP 429/],
    [403, 'unwilling', /HTTP 403/],
    [503, 'unwilling', /HTTP 503/],
    [204, 'failed', /HTTP 204/],
  ];
  for (const [status, kind, message] of answers)
    await fails(t, (_, response) => void response.writeHead(status).end(), kind, message);
});

test('a host that takes connections and says nothing is passed over soon', async (t) => {
  await fails(t, () => {}, 'unreachable', /^no answer within 0\.2 s$/, { answerMs: 200 });
});

test('a download that stands still, or never ends, is ended', async (t) => {
  await fails(
    t,
    (_, response) => void response.write('a'),
    'failed',
    /^the download stood still for 0\.2 s$/,
    {
      stallMs: 200,
    },
  );
  await fails(
    t,
    (_, response) => {
      const drip = setInterval(() => response.write('a'), 20);
      response.on('close', () => clearInterval(drip));
    },
    'failed',
    /^the download took longer than 0\.5 s$/,
    { totalMs: 500 },
  );
});

test('more than it may be is refused, announced or not', async (t) => {
  const larger = 'x'.repeat((1 << 20) + 1);
  for (const headers of [{ 'content-length': larger.length }, {}])
    await fails(
      t,
      (_, response) => void response.writeHead(200, headers).end(larger),
      'failed',
      /^it is larger than the 1 MiB that it may be$/,
    );
});

test('redirects are followed, but not in a circle, not for ever, and not away from https', async (t) => {
  const address = await serve(t, ({ url = '' }, response) => {
    const hop = Number(url.slice(1));
    if (hop === 0) response.end(CONTENT);
    else response.writeHead(302, { location: `/${hop - 1}` }).end();
  });
  assert.equal((await downloadFile(`${address}/5`, await target(t), LIMITS)).sha256, sha256(CONTENT));
  await assert.rejects(downloadFile(`${address}/6`, await target(t), LIMITS), {
    message: 'there are more than 5 redirects',
  });
  const to = (location: string | undefined) => (_: unknown, response: Parameters<RequestListener>[1]) =>
    void response.writeHead(302, location === undefined ? {} : { location }).end();
  await fails(t, to('/'), 'failed', /^the redirects go in a circle$/);
  await fails(t, to('http://elsewhere.invalid/'), 'failed', /^a redirect leads away from https$/);
  await fails(t, to('https://user:word@elsewhere.invalid/'), 'failed', /^a redirect leads away from https$/);
  await fails(t, to('file:///etc/passwd'), 'failed', /^a redirect leads away from https$/);
  await fails(t, to('http://['), 'failed', /^a redirect leads nowhere$/);
  await assert.rejects(downloadText('http://elsewhere.invalid/', LIMITS), {
    message: 'the address is not https',
  });
});

test('a host that is not there', async (t) => {
  const address = await serve(t, () => {});
  const { port } = new URL(address);
  // Nobody listens on another loopback address.
  await assert.rejects(downloadText(`http://[::1]:${port}/`, LIMITS), (error) => {
    assert.equal((error as DownloadError).kind, 'unreachable');
    return true;
  });
});

test('a full disk is the error of the file, not of the host', {
  skip: process.platform !== 'linux',
}, async (t) => {
  const address = await serve(t, (_, response) => response.end(CONTENT));
  await assert.rejects(downloadFile(`${address}/`, '/dev/full', LIMITS), { code: 'ENOSPC' });
});
