/** The oldest Node that will do, as package.json has it: it runs TypeScript as it is. */

import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  engines: { node: string };
};

/** Without zeros at its end: `22.18`. */
export const OLDEST_NODE: string = engines.node.replace(/^>=/, '').replace(/(?:\.0)+$/, '');
