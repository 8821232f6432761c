#!/usr/bin/env node
/** Starts the command: the sources in a checkout, what was built of them in a package; a Node too old for either is told so. */

// Plain JavaScript without dependencies or newer syntax, so that an old Node comes as far as the message.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace(/^>=/, '');
if (isOlder(process.versions.node, needed)) {
  process.stderr.write(
    `wasimeter: Node ${needed} or newer is needed, this is Node ${process.versions.node} (${process.execPath}): install one from https://nodejs.org\n`,
  );
  process.exitCode = 2;
} else {
  withoutNodesOwnWarnings();
  // A third of what a short command takes would be compiling the same hundreds of files again.
  module.enableCompileCache?.();
  // Where the sources are they are run: what an earlier build left beside them may be stale.
  const source = new URL('main.ts', import.meta.url);
  import(existsSync(source) ? source.href : new URL('../dist/cli/main.js', import.meta.url).href);
}

function isOlder(version, than) {
  const [a, b] = [version, than].map((text) => text.split('.').map(Number));
  const at = b.findIndex((part, index) => part !== a[index]);
  return at !== -1 && a[at] < b[at];
}

/** A command's first line can't say `--disable-warning` on every system; a bench.config.ts needs no package.json with a type. */
function withoutNodesOwnWarnings() {
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' || warning.code === 'MODULE_TYPELESS_PACKAGE_JSON') return;
    // Below "type": "commonjs"; the error that follows says what to change.
    if (warning.message.startsWith('Failed to load the ES module: ')) return;
    for (const print of printers) print.call(process, warning);
  });
}
