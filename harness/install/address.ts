/** Which addresses may be asked at all. */

const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Whether `url` is https without credentials, or http to this machine. */
export function isSafeAddress(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
}
