/** Writes docs/comparison.schema.json from the schema that reads comparison.json: node test/write-comparison-schema.ts */

import { writeFileSync } from 'node:fs';
import { comparisonJsonSchema } from '../harness/store/comparisonSchema.ts';

writeFileSync(
  new URL('../docs/comparison.schema.json', import.meta.url),
  `${JSON.stringify(comparisonJsonSchema(), undefined, 2)}\n`,
);
