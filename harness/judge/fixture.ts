/** Judges a fixture: whether the guest ended in a way that its case allows. */

import type { FixtureEnd } from '../contracts/fixture.ts';
import type { ConformanceObservation, TrialEnd } from '../contracts/observation.ts';
import type { TranscriptLine } from '../contracts/run.ts';
import type { EndKind, Runner } from '../contracts/runner.ts';
import type { FixtureCase } from '../contracts/suite.ts';
import type { Judgement } from './outcome.ts';
import { hostSpan } from './transcript.ts';

const MOST_CHARACTERS = 300;

/** Judges a fixture by its runs' observations, at least one: each must have ended as the case allows. */
export function judgeFixture(
  one: FixtureCase,
  classify: Runner['classify'],
  observations: readonly ConformanceObservation[],
): Judgement {
  const durationMs = observations.reduce((sum, observation) => {
    const { beginRealtimeNs, endRealtimeNs } = hostSpan(observation);
    return sum + Number(endRealtimeNs - beginRealtimeNs) / 1e6;
  }, 0);
  const judged = observations.map((observation) => judgeRun(one, classify, observation));
  const verdict = judged.find(({ outcome }) => outcome !== 'pass') ?? judged[0];
  if (!verdict) throw new Error(`case '${one.id}' has no observation`);
  return { ...verdict, covers: [], durationMs };
}

type Verdict = Omit<Judgement, 'covers' | 'durationMs'>;

function judgeRun(
  one: FixtureCase,
  classify: Runner['classify'],
  { end, stderr }: ConformanceObservation,
): Verdict {
  const allowed = one.fixture.ends.map(describeAllowed).join(' or ');
  const statement = one.guest;
  const transcript = (text: string, mark: TranscriptLine['mark']): TranscriptLine[] => [
    { statement, text: `run ${one.guest} = ${text}`, mark, ...(mark === 'ok' ? {} : { expected: allowed }) },
  ];
  if (end.startError)
    return { outcome: 'error', reason: `could not be started: ${end.startError}`, transcript: [] };
  if (end.timedOut) {
    const reason = 'did not end in time; ended with its process tree';
    return { outcome: 'timeout', reason, transcript: transcript('?', 'unfinished') };
  }
  if (end.flooded) {
    const reason = 'wrote more than the output cap; ended with its process tree';
    return { outcome: 'crash', reason, transcript: transcript('?', 'unfinished') };
  }
  const ended = endOf(end, stderr, classify);
  const seen = describeEnd(ended, end);
  if (ended.kind === 'crash')
    return { outcome: 'crash', reason: ended.message, transcript: transcript(seen, 'failed') };
  if (!one.fixture.ends.some((allowedEnd) => allows(allowedEnd, ended, end.stdoutText ?? '')))
    return {
      outcome: 'fail',
      reason: `${seen}, expected ${allowed}`,
      expected: allowed,
      transcript: transcript(seen, 'failed'),
    };
  const { ambiguity } = one.fixture;
  return {
    outcome: 'pass',
    transcript: transcript(seen, 'ok'),
    ...(ambiguity ? { ambiguities: [{ call: `run ${one.guest}`, seen, why: ambiguity }] } : {}),
  };
}

function endOf(end: TrialEnd, stderr: string, classify: Runner['classify']): EndKind {
  if (end.refused !== undefined) return { kind: 'refused', message: end.refused };
  return classify({ ...end, stderrText: stderr });
}

/** A runtime that refuses or reports a trap may say so on standard output, behind what the guest wrote. */
function allows(allowed: FixtureEnd, ended: EndKind, stdout: string): boolean {
  if (allowed.kind === 'refused') return ended.kind === 'refused';
  if (allowed.kind === 'traps') return ended.kind === 'trap' && beginsExactly(stdout, allowed.stdout ?? '');
  return (
    ended.kind === 'exit' &&
    ended.code === allowed.code &&
    (allowed.stdout === undefined || stdout === allowed.stdout)
  );
}

/** Behind the guest's own lines there may be the runtime's, which begin with a bracket. */
function beginsExactly(stdout: string, expected: string): boolean {
  return stdout.startsWith(expected) && /^(?:\[|$)/.test(stdout.slice(expected.length));
}

function describeAllowed(end: FixtureEnd): string {
  if (end.kind === 'refused') return 'refused before it runs';
  const written = end.stdout ? `, having written ${JSON.stringify(end.stdout)}` : '';
  return end.kind === 'traps' ? `trap${written}` : `exit ${end.code}${written}`;
}

function describeEnd(ended: EndKind, { stdoutText = '' }: TrialEnd): string {
  if (ended.kind === 'refused') return `refused (${short(ended.message)})`;
  if (ended.kind === 'crash') return `crash (${short(ended.message)})`;
  const written = stdoutText ? `, having written ${JSON.stringify(short(stdoutText))}` : '';
  return `${ended.kind === 'trap' ? `trap (${short(ended.message)})` : `exit ${ended.code}`}${written}`;
}

const short = (text: string) =>
  text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
