/** Writes docs/run.schema.json from the schema that reads run.json: node test/write-run-schema.ts */

import { writeFileSync } from 'node:fs';
import { runJsonSchema } from '../harness/store/runSchema.ts';

writeFileSync(
  new URL('../docs/run.schema.json', import.meta.url),
  `${JSON.stringify(runJsonSchema(), undefined, 2)}\n`,
);
