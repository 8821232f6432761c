/** The JSON Schema for editors: as committed, and of one mind with the schema that reads configurations. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { configJsonSchema, configSchema } from './schema.ts';

const MINE = { id: 'mine', command: ['x', '{wasm}', '{args}'], wasi: ['p1'] };

test('docs/bench.config.schema.json is made of the schema', () =>
  assert.deepEqual(
    JSON.parse(readFileSync(new URL('../../docs/bench.config.schema.json', import.meta.url), 'utf8')),
    JSON.parse(JSON.stringify(configJsonSchema())),
    'docs/bench.config.schema.json is stale: node test/write-config-schema.ts',
  ));

test('an editor accepts and refuses what the command does', () => {
  const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
  const both = (value: unknown, expected: boolean) => {
    assert.equal(validate(value), expected, JSON.stringify([value, validate.errors]));
    assert.equal(configSchema.safeParse(value).success, expected);
  };
  both({ $schema: './node_modules/wasimeter/docs/bench.config.schema.json', seed: 1 }, true);
  both({ runners: ['node', MINE, { id: 'wasmtime@dev', path: './x' }], reports: [['html', {}]] }, true);
  both({ profiles: { own: { only: ['headline'], processes: 20 } } }, true);
  both({ sed: 1 }, false);
  both({ runners: [{ ...MINE, wasi: ['p9'] }] }, false);
  both({ reports: [['html', 1]] }, false);
  both({ profiles: { own: { processes: 1 } } }, false);
});
