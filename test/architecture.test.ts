/** The architecture: imports point one way, only the command prints, files stay small and say what they own. */

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MOST_LINES = 300;
/** Libraries that any stage may use. */
const LIBRARIES = ['stats', 'script', 'userFiles', 'wasm', 'naming'];

const files = globSync('{bench.config.ts,{cli,harness,suites,runners,guests,reports,test}/**/*.{ts,mjs}}', {
  cwd: ROOT,
}).filter((file) => !/(?:^|\/)(?:node_modules|target)\//.test(file) && !file.endsWith('.d.ts'));
const textOf = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Import {
  from: string;
  to: string;
}

/** Import declarations and `import()` of relative paths, as paths from the repository's root. */
function importsOf(file: string): Import[] {
  const matches = textOf(file).matchAll(
    /^(?:import|export)\b[^'"]*?from '(\.[^']*)'|\bimport\('(\.[^']*)'\)|^import '(\.[^']*)'/gm,
  );
  return [...matches].map((match) => ({
    from: file,
    to: relative(ROOT, join(ROOT, dirname(file), (match[1] ?? match[2] ?? match[3])!)),
  }));
}

/** Tests, and what only tests import, may look everywhere: they are no part of what is drawn. */
const isTest = (file: string) => file.endsWith('.test.ts');
const product = files.filter((file) => !isTest(file));
const importers = new Map<string, Set<string>>();
for (const { from, to } of files.flatMap(importsOf))
  importers.set(to, new Set([...(importers.get(to) ?? []), from]));

/** True for a file that nothing but tests reach. */
function isForTests(file: string, seen = new Set<string>()): boolean {
  if (isTest(file)) return true;
  if (seen.has(file)) return true;
  seen.add(file);
  const by = [...(importers.get(file) ?? [])];
  return by.length > 0 && by.every((one) => isForTests(one, seen));
}

const imports = product.filter((file) => !isForTests(file)).flatMap(importsOf);
const folderOf = (file: string) => file.split('/').slice(0, 2).join('/');
const inside = (file: string, ...folders: string[]) =>
  folders.some((folder) => file.startsWith(`${folder}/`));

/** Imports out of `folder` that go anywhere but to itself and `allowed`. */
function strays(folder: string, ...allowed: string[]): string[] {
  return imports
    .filter(({ from, to }) => inside(from, folder) && !inside(to, folder, ...allowed))
    .map(({ from, to }) => `${from} imports ${to}`);
}

const stages = [...new Set(product.filter((file) => /^harness\/[^/]+\//.test(file)).map(folderOf))].filter(
  (folder) => ![...LIBRARIES, 'contracts'].map((name) => `harness/${name}`).includes(folder),
);

describe('imports point one way', () => {
  test('the imports were found at all', () => {
    assert.ok(imports.length > 100, `${imports.length} imports`);
    assert.ok(imports.some(({ from, to }) => from === 'cli/main.ts' && to === 'cli/exit.ts'));
  });
  test('contracts import nothing', () => assert.deepEqual(strays('harness/contracts'), []));
  for (const library of LIBRARIES)
    test(`${library} imports contracts only`, () =>
      assert.deepEqual(strays(`harness/${library}`, 'harness/contracts'), []));
  for (const stage of stages)
    test(`${stage} imports no other stage`, () =>
      assert.deepEqual(
        strays(stage, 'harness/contracts', ...LIBRARIES.map((name) => `harness/${name}`)),
        [],
      ));
  test('the pipeline imports the harness only', () => {
    const out = imports.filter(({ from, to }) => from === 'harness/pipeline.ts' && !inside(to, 'harness'));
    assert.deepEqual(out, []);
  });
  test('nothing in the harness imports the pipeline or the command', () =>
    assert.deepEqual(
      imports.filter(
        ({ from, to }) => inside(from, 'harness') && (to === 'harness/pipeline.ts' || inside(to, 'cli')),
      ),
      [],
    ));
  for (const kind of ['suites', 'runners', 'reports'])
    test(`${kind} import contracts and their own folder only`, () => {
      const out = imports.filter(
        ({ from, to }) => inside(from, kind) && !inside(to, folderOf(from), 'harness/contracts'),
      );
      assert.deepEqual(out, []);
    });
});

describe('files', () => {
  /** Children are processes of their own; scripts are started by hand or by npm. */
  const mayPrint = (file: string) =>
    inside(file, 'cli', 'test', 'guests') || /^runners\/[^/]+\/child\.ts$/.test(file);

  test('only the command prints or sets an exit code', () => {
    const printing =
      /\bconsole\.\w+\(|\bprocess\.(?:stdout|stderr)\b|\bprocess\.exit\(|\bprocess\.exitCode\s*=[^=]/;
    const code = (file: string) => textOf(file).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    assert.deepEqual(
      product.filter((file) => !mayPrint(file) && !isForTests(file) && printing.test(code(file))),
      [],
    );
  });
  test(`none is longer than ${MOST_LINES} lines`, () =>
    assert.deepEqual(
      files.filter((file) => textOf(file).split('\n').length - 1 > MOST_LINES),
      [],
    ));
  test('of the harness that nobody imports are children, by whose names the build finds them', () => {
    const roots = /^harness\/(?:public|.*Child)\.ts$/;
    assert.deepEqual(
      product.filter((file) => inside(file, 'harness') && !importers.has(file) && !roots.test(file)),
      [],
    );
  });
  test('the pipeline is short', () => assert.ok(textOf('harness/pipeline.ts').split('\n').length <= 61));
  test('none is a drawer for odds and ends', () =>
    assert.deepEqual(
      files.filter((file) => /\b(?:utils?|helpers?|common|manager)\b/i.test(file)),
      [],
    ));
  test('each begins with a sentence on what it owns', () =>
    assert.deepEqual(
      files.filter(
        (file) => !/^(?:#!.*\n)?\/\*\*(?: |\n \* )[A-Za-z`](?:[^*]|\*(?!\/))*[.:)]/.test(textOf(file)),
      ),
      [],
    ));
});
