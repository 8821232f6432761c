/** Preview 2: faults planted in jco with preview2-shim. */

import type { Preview } from '../preview.ts';
import { allMutants } from './operators.ts';
import { signatures } from './signature.ts';

export const preview2: Preview = {
  wasi: 'p2',
  runner: 'jco',
  child: new URL('./child.ts', import.meta.url),
  mutants: () => allMutants(signatures()),
};
