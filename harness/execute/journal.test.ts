/** The journal: what a kill cut short is passed over, timing blocks count only when they are whole. */

import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Observation } from '../contracts/observation.ts';
import { openJournal, readJournal } from './journal.ts';
import { temporaryFolder } from './testProcesses.ts';

const prepared = (guest: string): Observation => ({
  kind: 'prepare',
  runner: 'r',
  guest,
  durationNs: 1,
  fresh: true,
});
const begin = (block: string): Observation => ({ kind: 'block-begin', block });
const end = (block: string): Observation => ({ kind: 'block-end', block });
const timed = (block: string, round: number) => ({ kind: 'timing', block, round }) as Observation;

function journalOf(t: { after(fn: () => void): void }, observations: Observation[]): string {
  const file = join(temporaryFolder(t), 'journal.ndjson');
  writeFileSync(file, observations.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return file;
}

describe('the journal', () => {
  test('gives back what was added', (t) => {
    const file = join(temporaryFolder(t), 'journal.ndjson');
    const journal = openJournal(file);
    assert.deepEqual(journal.kept, []);
    journal.add(prepared('a'));
    journal.add(prepared('b'));
    journal.close();
    assert.deepEqual(readJournal(file), [prepared('a'), prepared('b')]);
  });

  test('passes over a last line that was cut, and loses nothing that is added behind it', (t) => {
    const file = journalOf(t, [prepared('a')]);
    appendFileSync(file, JSON.stringify(prepared('cut')).slice(0, 25));
    const journal = openJournal(file);
    assert.deepEqual(journal.kept, [prepared('a')]);
    journal.add(prepared('b'));
    journal.close();
    assert.deepEqual(readJournal(file), [prepared('a'), prepared('b')]);
  });

  test('passes over lines that are no observations', (t) => {
    const file = journalOf(t, [prepared('a')]);
    appendFileSync(file, 'null\n5\n"x"\n\0\0\0\n{}\n');
    assert.deepEqual(readJournal(file), [prepared('a')]);
  });

  test('keeps a whole timing block', (t) => {
    const whole = [begin('b'), timed('b', 0), timed('b', 1), end('b')];
    assert.deepEqual(readJournal(journalOf(t, whole)), whole);
  });

  test('leaves out a block without its end', (t) => {
    const file = journalOf(t, [
      begin('a'),
      timed('a', 0),
      end('a'),
      prepared('x'),
      begin('b'),
      timed('b', 0),
    ]);
    assert.deepEqual(readJournal(file), [begin('a'), timed('a', 0), end('a'), prepared('x')]);
  });

  test('of a block that was begun again, only the second measuring counts', (t) => {
    const second = [begin('b'), timed('b', 7), end('b')];
    assert.deepEqual(readJournal(journalOf(t, [begin('b'), timed('b', 0), ...second])), second);
    assert.deepEqual(readJournal(journalOf(t, [...second, begin('b'), timed('b', 0)])), []);
  });
});
