/** Lets a user's files import 'wasimeter' wherever they lie: they get the wasimeter that runs them. */

import { registerHooks } from 'node:module';

const PUBLIC = new URL(
  import.meta.url.endsWith('.ts') ? '../harness/public.ts' : '../harness/public.js',
  import.meta.url,
).href;
let isRegistered = false;

/**
 * From now on `import … from 'wasimeter'` is harness/public. Without that a configuration could not be loaded where the command was
 * started by `npx` in a folder that has no wasimeter of its own, or in the checkout, whose package is not built.
 */
export function resolveOwnImport(): void {
  if (isRegistered) return;
  isRegistered = true;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'wasimeter' ? { url: PUBLIC, shortCircuit: true } : next(specifier, context),
  });
}
