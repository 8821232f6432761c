/** Downloading over HTTP from a host that may be slow, absent or hostile: everything is bounded, and each failure is one line. */

import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { isSafeAddress } from './address.ts';

export interface DownloadLimits {
  /** To the first byte of each answer. */
  answerMs: number;
  /** Between two pieces. */
  stallMs: number;
  totalMs: number;
  maxBytes: number;
}

export interface Downloaded {
  /** SHA-256 of what was received, in hex. */
  sha256: string;
  bytes: number;
}

/** `unreachable`: no answer at all; `unwilling`: an answer that another time may be another; `failed`: everything else. */
export class DownloadError extends Error {
  override name = 'DownloadError';
  readonly kind: 'unreachable' | 'unwilling' | 'absent' | 'failed';

  constructor(kind: DownloadError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

const MOST_REDIRECTS = 5;
const HEADERS = { 'user-agent': 'wasimeter', 'accept-encoding': 'identity' };

/** Streams `address` into the file `target`. Throws a DownloadError, or the file's own error; what was written stays for the caller to remove. */
export async function downloadFile(
  address: string,
  target: string,
  limits: DownloadLimits,
): Promise<Downloaded> {
  const file = await open(target, 'w');
  try {
    const hash = createHash('sha256');
    const bytes = await receive(address, limits, async (piece) => {
      hash.update(piece);
      await writeAll(file, piece);
    });
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await file.close();
  }
}

/** The text at `address`. Throws a DownloadError. */
export async function downloadText(address: string, limits: DownloadLimits): Promise<string> {
  const pieces: Uint8Array[] = [];
  await receive(address, limits, (piece) => void pieces.push(piece));
  return Buffer.concat(pieces).toString('utf8');
}

async function receive(
  address: string,
  limits: DownloadLimits,
  take: (piece: Uint8Array) => Promise<void> | void,
): Promise<number> {
  const ending = new AbortController();
  const end = (message: string, kind: DownloadError['kind'] = 'failed') =>
    ending.abort(new DownloadError(kind, message));
  const total = setTimeout(
    () => end(`the download took longer than ${seconds(limits.totalMs)}`),
    limits.totalMs,
  );
  let stall: NodeJS.Timeout | undefined;
  let bytes = 0;
  try {
    const response = await follow(address, limits, ending, end);
    const announced = lengthOf(response);
    if (announced !== undefined && announced > limits.maxBytes) throw tooLarge(limits);
    stall = setTimeout(() => end(`the download stood still for ${seconds(limits.stallMs)}`), limits.stallMs);
    for await (const piece of response.body ?? []) {
      stall.refresh();
      bytes += piece.length;
      if (bytes > limits.maxBytes) throw tooLarge(limits);
      await take(piece);
      stall.refresh();
    }
    return bytes;
  } catch (error) {
    throw explain(error, bytes);
  } finally {
    clearTimeout(total);
    clearTimeout(stall);
    // Ends what is left of the connection after a failure; after success there is nothing left.
    ending.abort();
  }
}

/** The answer behind redirects, which are followed by hand: each step must be as safe as the first. */
async function follow(
  address: string,
  limits: DownloadLimits,
  ending: AbortController,
  end: (message: string, kind: DownloadError['kind']) => void,
): Promise<Response> {
  const seen = new Set<string>();
  let url = new URL(address);
  if (!isSafeAddress(url)) throw new DownloadError('failed', 'the address is not https');
  for (;;) {
    if (seen.has(url.href)) throw new DownloadError('failed', 'the redirects go in a circle');
    seen.add(url.href);
    const answer = setTimeout(
      () => end(`no answer within ${seconds(limits.answerMs)}`, 'unreachable'),
      limits.answerMs,
    );
    const response = await fetch(url, {
      redirect: 'manual',
      signal: ending.signal,
      headers: HEADERS,
    }).finally(() => clearTimeout(answer));
    if (![301, 302, 303, 307, 308].includes(response.status)) {
      if (response.status === 200) return response;
      throw unhappy(response.status);
    }
    await response.body?.cancel();
    const next = URL.parse(response.headers.get('location') ?? '', url);
    if (!next) throw new DownloadError('failed', 'a redirect leads nowhere');
    if (!isSafeAddress(next) || (url.protocol === 'https:' && next.protocol !== 'https:'))
      throw new DownloadError('failed', 'a redirect leads away from https');
    if (seen.size > MOST_REDIRECTS)
      throw new DownloadError('failed', `there are more than ${MOST_REDIRECTS} redirects`);
    url = next;
  }
}

function unhappy(status: number): DownloadError {
  if (status === 404 || status === 410)
    return new DownloadError('absent', `it is not there (HTTP ${status})`);
  if (status === 403 || status === 429)
    return new DownloadError('unwilling', `the host gives nothing more for now (HTTP ${status})`);
  return new DownloadError(status >= 500 ? 'unwilling' : 'failed', `the host answered HTTP ${status}`);
}

/** The length that was announced, where it is of the bytes that will be seen. */
function lengthOf(response: Response): number | undefined {
  const text = response.headers.get('content-length');
  return text !== null && /^\d{1,15}$/.test(text) && !response.headers.has('content-encoding')
    ? Number(text)
    : undefined;
}

async function writeAll(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length; ) {
    const { bytesWritten } = await file.write(piece, done);
    done += bytesWritten;
  }
}

/** What Node's fetch throws says `fetch failed` or `terminated`; why stands in its cause. */
function explain(error: unknown, bytes: number): unknown {
  if (error instanceof DownloadError || !(error instanceof TypeError)) return error;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  if (bytes > 0 || error.message === 'terminated') return cutOff(bytes);
  const code = cause?.code ?? '';
  const why: Record<string, string> = {
    ECONNREFUSED: 'its host refuses connections',
    ENOTFOUND: "its host's name is not found",
    EAI_AGAIN: "its host's name is not found",
    ENETUNREACH: 'its network is out of reach',
    EHOSTUNREACH: 'its host is out of reach',
    ETIMEDOUT: 'its host does not answer',
    UND_ERR_CONNECT_TIMEOUT: 'its host does not answer',
    ECONNRESET: 'its host closed the connection',
  };
  return new DownloadError(
    'unreachable',
    why[code] ?? `no connection (${code || cause?.message || error.message})`,
  );
}

const cutOff = (bytes: number) =>
  new DownloadError('failed', `the download ended early, after ${bytes} bytes`);
const tooLarge = ({ maxBytes }: DownloadLimits) =>
  new DownloadError('failed', `it is larger than the ${Math.floor(maxBytes / 2 ** 20)} MiB that it may be`);
const seconds = (ms: number) => `${ms / 1000} s`;
