/** Makes a fresh clone ready before `npm start` and `npm test`: dependencies as locked, and the Node that runs TypeScript. */

// Plain JavaScript without dependencies: it runs on whatever Node the user has, before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.wasimeter-stamp');

const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
const lock = JSON.parse(lockText);
const lockHash = createHash('sha256').update(lockText).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== lockHash) {
  if (!isInstalled()) install();
  writeFileSync(stamp, `${lockHash}\n`);
}
checkNode();

/** Whether npm's own record of node_modules agrees with the lockfile, as after a user's `npm install`. */
function isInstalled() {
  let installed;
  try {
    installed = JSON.parse(readFileSync(path.join(modules, '.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  return Object.entries(lock.packages).every(([name, wanted]) => {
    if (name === '') return true;
    const found = installed[name];
    // Packages for other platforms are optional and absent.
    if (found === undefined) return wanted.optional === true || wanted.peer === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

function install() {
  say('installing the dependencies with npm, 10 to 60 seconds …');
  const started = Date.now();
  // `--include=dev` because NODE_ENV=production would leave out the Node to run on.
  const options = ['--include=dev', '--no-audit', '--no-fund'];
  let npm = runNpm(['ci', ...options]);
  // npm leaves packages for other platforms out of a lockfile it writes when its registry does not hold them, and then
  // refuses that lockfile in `npm ci`. `npm install` takes it, and what it installed is compared with the lockfile.
  if (npm.status !== 0 && /^npm error Missing: /m.test(npm.output)) {
    npm = runNpm(['install', '--no-save', ...options]);
    if (npm.status === 0 && !isInstalled()) npm = { ...npm, why: 'it installed other versions than locked' };
  }
  if (npm.why !== undefined) {
    process.stderr.write(npm.output);
    fail(`${npm.command} failed (${npm.why}); what it said stands above.`);
  }
  say(`dependencies installed in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

function runNpm(args) {
  // npm must not be run by the Node in node_modules, first on PATH inside npm scripts: npm ci deletes it.
  const searchPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .filter((entry) => !entry.startsWith(modules));
  const { status, signal, error, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    env: { ...process.env, PATH: searchPath.join(path.delimiter) },
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  });
  const why = error?.message ?? (signal ? `ended by ${signal}` : `exit code ${status}`);
  return {
    command: `npm ${args[0]}`,
    status,
    output: `${stdout ?? ''}${stderr ?? ''}`,
    why: status === 0 ? undefined : why,
  };
}

/** The `node` package fetches its binary in an install script; without that, an older Node would be used unnoticed. */
function checkNode() {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  // Where package.json gives a range, the lockfile says which version npm installs.
  const wanted = /^\d/.test(devDependencies.node)
    ? devDependencies.node
    : lock.packages['node_modules/node'].version;
  const node = spawnSync(path.join(modules, '.bin', 'node'), ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const found = node.stdout?.trim().replace(/^v/, '');
  if (found === wanted) return;
  fail(
    `Node ${wanted} is needed, which npm brings as a package; node_modules/.bin/node ${found ? `is ${found}` : 'does not run'}.\n` +
      'Most likely its install script was not run (--ignore-scripts, or ignore-scripts=true in an .npmrc). Run:\n' +
      '  npm rebuild node --ignore-scripts=false',
  );
}

function say(line) {
  process.stderr.write(`wasimeter: ${line}\n`);
}

function fail(message) {
  say(message);
  process.exit(2);
}
