/** Proxies as the environment names them, for Node's own fetch. */

import http from 'node:http';

const NAMES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
let honoured = false;

/** Sends this process's requests through the proxies that `env` names. Node before 24 has no such switch: there they are passed over. */
export function honourProxies(env: NodeJS.ProcessEnv): void {
  if (honoured || !NAMES.some((name) => env[name])) return;
  honoured = true;
  http.setGlobalProxyFromEnv?.(env as Record<string, string>);
}
