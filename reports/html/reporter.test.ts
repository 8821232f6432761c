/** Owns the tests of the report as files: one page under a strict policy, the run beside it, and runs out of the ordinary. */

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { RunResult, TranscriptLine } from '../../harness/contracts/run.ts';
import { makeEmptyRun, makeRun } from './fixtures/run.ts';
import reporter from './reporter.ts';

async function pageOf(run: RunResult): Promise<string> {
  const [page] = await reporter.render(run);
  return page?.content ?? '';
}

describe('the HTML report', () => {
  it('is one page and the run that it links to', async () => {
    const files = await reporter.render(makeRun());
    assert.deepEqual(
      files.map((file) => file.path),
      ['index.html', 'run.json'],
    );
    assert.deepEqual(JSON.parse(files[1]?.content ?? ''), makeRun());
  });

  it('allows only its own stylesheet', async () => {
    const page = await pageOf(makeRun());
    const css = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(css).digest('base64');
    assert.ok(page.includes(`default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;`));
    assert.doesNotMatch(page, /<script| style=| on[a-z]+=|<link rel="stylesheet|url\(|@import/);
  });

  it('gives the same page for the same run', async () => {
    assert.equal(await pageOf(makeRun()), await pageOf(makeRun()));
  });

  it('gives every id once and leads every link somewhere', async () => {
    const page = await pageOf(makeRun());
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map((match) => match[1] ?? '');
    assert.equal(new Set(ids).size, ids.length);
    for (const [, target = ''] of page.matchAll(
      /(?:href="#|aria-describedby="|aria-labelledby=")([^"]*)"/g,
    )) {
      assert.ok(ids.includes(target), target);
    }
  });

  it('tells apart what the specification leaves open, where runners differ first', async () => {
    const { conformance: made, ...rest } = makeRun();
    const run = { ...rest, conformance: made.map(({ ambiguities: _, ...record }) => record) };
    const [one, other] = run.conformance.filter(({ outcome }) => outcome === 'pass');
    const open = (seen: string, why: string) => [{ call: 'path_open(3, "a")', seen, why }];
    const conformance = run.conformance.map((record) => {
      if (record === one) return { ...record, ambiguities: open('perm', 'differ') };
      if (record !== other) return record;
      const alike = [...open('noent', 'differ'), ...open('{size: 3}', 'alike')];
      return { ...record, runner: one!.runner === 'jco' ? 'node' : 'jco', ambiguities: alike };
    });
    const section =
      /<section id="ambiguities".*?<\/section>/s.exec(await pageOf({ ...run, conformance }))?.[0] ?? '';
    assert.match(
      section,
      /1 such point on which.*differ<.*1 function differs.*<code>perm<.*1 further point.*alike<.*<code>ok</s,
    );
    assert.match(await pageOf(run), /met a point that the specification leaves open/);
  });

  it('labels what went through an adapter', async () => {
    const page = await pageOf(makeRun());
    assert.match(page, /<h3>preview 1 <small>jco: through the preview 1 component adapter<\/small><\/h3>/);
  });

  it('shows what was prepared beside the startup, and when it was made', async () => {
    const rows =
      /aria-labelledby="prepare-part".*?<tbody>(.*?)<\/tbody>/s.exec(await pageOf(makeRun()))?.[1] ?? '';
    const words = rows.split('</tr>').map((row) =>
      row
        .replaceAll(/<svg.*?<\/svg>|<[^>]*>/gs, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
    assert.deepEqual(words, [
      'jco probe-p1 412 ms in this run',
      'jco probe-p2-clocks 398 ms earlier, kept since',
      '',
    ]);
    const without = await pageOf({ ...makeRun(), preparations: [] });
    assert.doesNotMatch(without, /prepare-part/);
    assert.match(await pageOf({ ...makeRun(), performance: [] }), /No startup was measured.*prepare-part/s);
  });

  it('puts guests that got out before all else, known ones too, and has no such part where there are none', async () => {
    const run = makeRun();
    assert.doesNotMatch(await pageOf(run), /Out of the sandbox/);
    const [known, found, passed] = run.conformance;
    const reason = 'follows <links> out (https://example.org/1); seen: path_open(3) = 4';
    Object.assign(known!, { suite: 'sandbox', outcome: 'xfail', reason });
    assert.match(
      await pageOf(run),
      /<section id="sandbox".*?in 1 result that the runners’ expectations name/s,
    );
    Object.assign(found!, { suite: 'sandbox', outcome: 'fail', reason: 'read the canary' });
    Object.assign(passed!, { suite: 'sandbox', outcome: 'pass', notes: ['not observed in 3,000 attempts'] });
    const page = await pageOf(run);
    assert.match(page, /<main[^>]*><section id="sandbox"/);
    assert.match(page, /1 result that nobody expected.*read the canary.*follows &lt;links&gt; out/s);
    assert.doesNotMatch(/<section id="sandbox".*?<\/section>/s.exec(page)?.[0] ?? '', /seen: path_open/);
    assert.match(page, /not observed in 3,000 attempts/);
    assert.match(page, /<nav.*<a href="#sandbox">Out of the sandbox<\/a>/s);
  });

  it('says so where nothing is unexpected, and where nothing ran at all', async () => {
    const run = makeRun();
    for (const one of run.conformance) one.outcome = 'pass';
    assert.match(await pageOf(run), /Nothing unexpected\./);
    const empty = await pageOf(makeEmptyRun());
    assert.match(empty, /No conformance case was run/);
    assert.doesNotMatch(empty, /undefined|NaN/);
    assert.match(await pageOf({ ...makeRun(), conformance: [] }), /No conformance case was part/);
    assert.match(await pageOf({ ...makeRun(), performance: [], noise: [] }), /Nothing was timed/);
  });

  it('tells of the machine what the run knows, and nothing of what an older run does not', async () => {
    const run = makeRun();
    const older = await pageOf(run);
    for (const name of ['Governor', 'Stolen time', 'Host clock', 'Quiet at start'])
      assert.ok(!older.includes(`<dt>${name}</dt>`), name);
    assert.match(older, /<dt>Load<\/dt><dd>0\.42 at the start<\/dd>/);
    Object.assign(run.machine, {
      ...{ allowedCpus: 1, cpuQuota: 0.5, governor: 'power<save', virtualization: 'container' },
      ...{ clockResolutionNs: 21, clockCostNs: 38, loadAverageAtEnd: 1.5, stealShare: 0.034 },
    });
    run.machine.noise = {
      ...{ durationMs: 500, controls: 20_000, roundNs: 2.5, quietShare: 0.62, p95Ratio: 1.43 },
      ...{ slowSpells: 1, longestSpellNs: 2e6, verdict: 'usable' },
    };
    const page = await pageOf(run);
    assert.match(page, /2 cores, 1 of them allowed, limited to 0\.5 CPUs’ time, x64/);
    assert.match(page, /<dt>Governor<\/dt><dd>power&lt;save<\/dd>/);
    assert.match(page, /files on ext4, container/);
    assert.match(page, /0\.42 at the start, 1\.50 at the end/);
    assert.match(page, /<dt>Stolen time<\/dt><dd>3(?:\.4)?\s?%<\/dd>/);
    assert.match(page, /steps of 21(?:\.0)?\sns, 38(?:\.0)?\sns a reading/);
    assert.match(
      page,
      />usable<\/span>: 62\s?% of 20\D?000 control loops in 500\sms within 5% of the quickest, 1 slow spell, one loop in 20 slower than 1\.43 times/,
    );
  });

  it('leaves out the long quiet stretches of a transcript, never the line that failed', async () => {
    const run = makeRun();
    const lines: TranscriptLine[] = Array.from({ length: 1000 }, (_, n) => ({
      statement: `call ${n}`,
      text: `call(${n}) = success`,
      mark: n === 500 ? 'failed' : 'ok',
    }));
    run.conformance = run.conformance
      .slice(0, 1)
      .map((one) => ({ ...one, outcome: 'fail', transcript: lines }));
    const page = await pageOf(run);
    assert.match(page, /<li value="501" class="marked"><code>call\(500\)/);
    assert.match(page, /470 lines left out; run.json has them all/);
    assert.doesNotMatch(page, /call\(300\)/);
  });
});
