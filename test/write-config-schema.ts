/** Writes docs/bench.config.schema.json from the schema that reads the configuration: node test/write-config-schema.ts */

import { writeFileSync } from 'node:fs';
import { configJsonSchema } from '../harness/config/schema.ts';

writeFileSync(
  new URL('../docs/bench.config.schema.json', import.meta.url),
  `${JSON.stringify(configJsonSchema(), undefined, 2)}\n`,
);
