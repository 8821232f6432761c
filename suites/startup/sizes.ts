/** Owns what a start takes by the size of the module. */

import type { StartupCase } from '../../harness/contracts/suite.ts';

const SIZES = [
  { bytes: 1024, guest: 'sized-1k' },
  { bytes: 102_400, guest: 'sized-100k' },
  { bytes: 4_194_304, guest: 'sized-4m' },
];

export const sizes: StartupCase[] = SIZES.map(({ bytes, guest }) => ({
  id: `exit-by-size/${bytes}`,
  wasi: 'p1',
  title: `From the start of a module of ${bytes.toLocaleString('en')} bytes to the end of the process`,
  guest,
  metric: 'startup',
  parameters: { bytes },
  until: 'exit',
  plain: true,
}));
