/**
 * `npm run bench:hyperfine [rounds]`: the cold start of one guest on Wasmtime and WasmEdge as wasimeter times it, beside hyperfine's figure of the very
 * same command. Both take turns in small rounds, so that a machine that drifts drifts for both. Exits 1 where their medians are farther apart than
 * 3% and 0.5 ms, 2 where hyperfine or koffi is missing.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { median } from 'simple-statistics';
import { discoverRunners } from '../../harness/catalog/discover.ts';
import { loadGuests } from '../../harness/catalog/guests.ts';
import type { RosterEntry } from '../../harness/contracts/plan.ts';
import type { Command } from '../../harness/contracts/runner.ts';
import { BARE_ENVIRONMENT } from '../../harness/execute/bareEnvironment.ts';
import { type LibcStarter, libcStarter } from '../../harness/execute/libcProcess.ts';
import { takeLock } from '../../harness/execute/lock.ts';
import { prepareGuest } from '../../harness/execute/prepared.ts';
import { scriptArguments } from '../../harness/execute/scriptArguments.ts';
import { foundOf } from './arms.ts';

const RUNNERS = ['wasmtime', 'wasmedge'];
const GUEST = 'probe-p1';
const STARTS_A_ROUND = 5;
const TIMEOUT_MS = 60_000;
const MOST_RATIO = 0.03;
const MOST_MS = 0.5;
const CACHE = resolve(process.env.WASIMETER_CACHE ?? 'out/cache');

const rounds = Number(process.argv[2] ?? 30);

function missing(what: string, remedy: string): never {
  console.error(`${what} is not installed: ${remedy}`);
  process.exit(2);
}

if (spawnSync('hyperfine', ['--version']).status !== 0)
  missing('hyperfine', 'apt-get install hyperfine (Debian 12), or https://github.com/sharkdp/hyperfine');
const starter =
  (await libcStarter()) ??
  missing('koffi', 'npm install koffi (on Linux with glibc; other systems are timed by Node)');

async function commandOf({ runner, found }: RosterEntry): Promise<Command> {
  const guest = loadGuests().get(GUEST);
  if (!guest || !found) throw new Error(`there is no ${guest ? runner.id : GUEST}`);
  const { artifact } = await prepareGuest(runner, found, guest, join(CACHE, 'prepared'));
  const trial = { guest, artifact, preopens: [], env: {}, network: false };
  return runner.command({ ...trial, args: scriptArguments('', '0123456789abcdef') }, found);
}

async function ours(by: LibcStarter, command: Command, folder: string): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < STARTS_A_ROUND; index += 1) {
    const { end, beginRealtimeNs, endRealtimeNs } = await by.run(command, folder, TIMEOUT_MS);
    if (end.exitCode !== 0) throw new Error(`it ended with ${end.startError ?? end.signal ?? end.exitCode}`);
    times.push(Number(endRealtimeNs - beginRealtimeNs) / 1e6);
  }
  return times;
}

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** `-N`: without a shell between. Standard streams are the null device. */
function hyperfines({ file, args, env = {} }: Command, folder: string): number[] {
  const told = join(folder, 'hyperfine.json');
  const line = [file, ...args].map(quoted).join(' ');
  const options = ['-N', '--style', 'none', '--runs', String(STARTS_A_ROUND), '--export-json', told];
  const { status, stderr } = spawnSync('hyperfine', [...options, line], {
    cwd: folder,
    env: { ...BARE_ENVIRONMENT, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`hyperfine ended with ${status}: ${stderr}`);
  const { results } = JSON.parse(readFileSync(told, 'utf8')) as { results: { times: number[] }[] };
  return (results[0]?.times ?? []).map((seconds) => seconds * 1000);
}

const roster = await foundOf(
  [...(await discoverRunners()).values()].filter(({ id }) => RUNNERS.includes(id)),
);
const commands = new Map<string, Command>();
for (const entry of roster) commands.set(entry.runner.id, await commandOf(entry));
const free = await takeLock((holder) => console.error(`waiting for ${holder}, which is measuring`));
const folder = mkdtempSync(join(tmpdir(), 'wasimeter-hyperfine-'));
mkdirSync(folder, { recursive: true });
const seen = new Map(RUNNERS.map((id) => [id, { ours: [] as number[], hyperfine: [] as number[] }]));
try {
  for (let round = 0; round < rounds; round += 1)
    for (const [id, command] of commands) {
      const times = seen.get(id);
      if (!times) continue;
      // Who goes first changes from round to round.
      const turns = [
        async () => void times.ours.push(...(await ours(starter, command, folder))),
        async () => void times.hyperfine.push(...hyperfines(command, folder)),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
    }
} finally {
  free();
  starter.close();
  rmSync(folder, { recursive: true, force: true });
}

for (const [id, times] of seen) {
  const [a, b] = [median(times.ours), median(times.hyperfine)];
  const isClose = Math.abs(a / b - 1) <= MOST_RATIO || Math.abs(a - b) <= MOST_MS;
  const difference = `${((a / b - 1) * 100).toFixed(1)}%, ${(a - b).toFixed(2)} ms`;
  console.log(
    `${id}: wasimeter ${a.toFixed(2)} ms, hyperfine ${b.toFixed(2)} ms (medians of ${times.ours.length} starts each): ${difference}${isClose ? '' : ' — too far apart'}`,
  );
  if (!isClose) process.exitCode = 1;
}
