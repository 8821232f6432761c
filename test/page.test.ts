/** Owns the page's tests in a real browser: what is there, what opens, what never happens. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { MARKER, makeHostileRun } from '../reports/html/fixtures/hostile.ts';
import { makeEmptyRun, makeRun } from '../reports/html/fixtures/run.ts';
import reporter from '../reports/html/reporter.ts';
import { findChromium, HOW_TO_INSTALL, launchChromium, visit } from './page-browser.ts';
import { LOW_CONTRAST } from './page-contrast.ts';

const SECTIONS = [
  'verdict',
  'conformance',
  'ambiguities',
  'latency',
  'throughput',
  'startup',
  'memory',
  'missing',
  'trust',
];
const TEXTS = ['body > header', '#verdict', '.matrix', '.transcript', '#missing', '#trust'];
const WIDTHS = [360, 768, 1440];
const chromium = findChromium();

it('finds Chromium where CI runs', { skip: !process.env.CI && 'not in CI' }, () => {
  assert.ok(chromium, HOW_TO_INSTALL);
});

describe('the page in a browser', { concurrency: 2, skip: chromium === undefined && HOW_TO_INSTALL }, () => {
  let browser: Browser;
  let folder = '';
  const addresses = new Map<string, string>();
  const address = (name: string): string => addresses.get(name) ?? assert.fail(name);

  before(async () => {
    const launching = launchChromium(chromium ?? '');
    folder = await mkdtemp(join(tmpdir(), 'wasimeter-page-'));
    const runs = {
      plain: makeRun(),
      empty: makeEmptyRun(),
      hostile: makeHostileRun(),
      alien: makeHostileRun(true),
    };
    for (const [name, run] of Object.entries(runs)) {
      const [page] = await reporter.render(run);
      const file = join(folder, `${name}.html`);
      await writeFile(file, page?.content ?? '');
      addresses.set(name, pathToFileURL(file).href);
    }
    browser = await launching;
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const javaScriptEnabled of [false, true]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

    it(`shows every section, ${how}, and asks the network for nothing`, async () => {
      const { page, incidents } = await visit(browser, address('plain'), { javaScriptEnabled });
      for (const id of SECTIONS) assert.ok(await page.locator(`section#${id} > h2`).isVisible(), id);
      assert.deepEqual(await page.locator('main > section').evaluateAll(idsOf), SECTIONS);
      assert.match(await shown(page.locator('#verdict')), /5 unexpected results.*4 runners on 30 cases/s);
      assert.deepEqual(incidents, []);
      await page.context().close();
    });

    it(`opens down to a transcript with the failing line marked, ${how}`, async () => {
      const { page } = await visit(browser, address('plain'), { javaScriptEnabled });
      const group = page.locator('details.suite', { has: page.locator('#suite-p1-cli') });
      const found = group.locator('details.case', { hasText: 'exit-code-3' });
      assert.equal(await found.isVisible(), false);
      await group.locator('> summary').click();
      await found.locator('> summary').click();
      const marked = found.locator('.transcript .marked');
      assert.ok(await marked.isVisible());
      assert.match(await shown(marked), /proc_exit\(4, -1, set\) = success, 0.*failed here; expected/s);
      await page.context().close();
    });

    it(`runs nothing of a hostile run and shows its strings, ${how}`, async () => {
      for (const name of javaScriptEnabled ? ['hostile'] : ['hostile', 'alien']) {
        const { page, incidents } = await visit(browser, address(name), { javaScriptEnabled });
        await openAll(page);
        assert.equal(await page.locator('script, img, iframe, object, embed, form, base').count(), 0);
        const links = await page.locator('a').evaluateAll(linksOf);
        assert.deepEqual(
          links.filter((link) => !/^(#[a-z0-9-]+|run\.json|https?:\/\/.*)$/.test(link)),
          [],
        );
        // Where even the metrics' names are hostile, there is nothing to chart.
        const charts = name === 'hostile' ? ['#latency', '#throughput', '#startup'] : [];
        for (const place of [...TEXTS, ...charts]) {
          const text = await shown(page.locator(place).first());
          assert.ok(text.includes(MARKER), `${name} ${place}`);
          assert.ok(text.includes('<script>alert(1)</script>'), `${name} ${place}`);
          assert.match(text, /NUL.*U\+202E.*U\+2066/s);
          assert.doesNotMatch(text, /[\0\x07\x1b\u202e\u2066]/);
        }
        assert.deepEqual(incidents, []);
        await page.context().close();
      }
    });
  }

  it('follows a link into a closed drill-down', async () => {
    const { page } = await visit(browser, address('plain'), { javaScriptEnabled: false });
    await page.locator('.unexpected a').first().click();
    assert.ok(await page.locator('#case-p1-filesystem-seek-before-start .transcript').isVisible());
    await page.context().close();
  });

  it('draws as many marks as there are figures', async () => {
    for (const [width, svg, other] of [
      [1440, 'svg.wide', 'svg.narrow'],
      [360, 'svg.narrow', 'svg.wide'],
    ] as const) {
      const { page } = await visit(browser, address('plain'), { viewport: { width, height: 800 } });
      const figures = await page.evaluate<Drawn[]>(countMarks(svg, other));
      for (const { marks, rows, seen, hidden } of figures) {
        assert.equal(marks, rows);
        assert.ok(seen && hidden);
      }
      const marks = figures.reduce((sum, one) => sum + one.marks, 0);
      assert.equal(marks, makeRun().performance.length);
      await page.context().close();
    }
  });

  for (const name of ['plain', 'empty', 'hostile']) {
    it(`never scrolls sideways as a whole: ${name}`, async () => {
      const { page, incidents } = await visit(browser, address(name));
      await openAll(page);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        assert.equal(await page.evaluate('document.scrollingElement.scrollWidth'), width);
      }
      assert.deepEqual(incidents, []);
      await page.context().close();
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`keeps its text readable in the ${colorScheme}`, async () => {
      const { page } = await visit(browser, address('plain'), { colorScheme });
      await openAll(page);
      const { seen, low } = await page.evaluate<{ seen: number; low: string[] }>(LOW_CONTRAST);
      assert.ok(seen > 500, `${seen} texts`);
      assert.deepEqual(low, []);
      await page.context().close();
    });
  }
});

interface Drawn {
  marks: number;
  rows: number;
  seen: boolean;
  hidden: boolean;
}

/** An expression that counts each figure's marks and table rows, and tells which of its drawings is shown. */
function countMarks(shown: string, other: string): string {
  return `[...document.querySelectorAll('figure[data-figures]')].map((figure) => ({
    marks: figure.querySelectorAll('${shown} path.figure, svg.lines path.figure').length,
    rows: figure.querySelectorAll('table.figures tbody tr').length,
    seen: figure.querySelector('${shown}, svg.lines').checkVisibility(),
    hidden: !(figure.querySelector('${other}')?.checkVisibility() ?? false),
  }))`;
}

/** The text as a reader sees it, hidden parts left out. */
async function shown(place: Locator): Promise<string> {
  return (await place.allInnerTexts()).join('\n');
}

/** Opens every drill-down at once; works where the page itself may run nothing. */
async function openAll(page: Page): Promise<void> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
}

function idsOf(elements: { id: string }[]): string[] {
  return elements.map((element) => element.id);
}

function linksOf(elements: { getAttribute(name: string): string | null }[]): string[] {
  return elements.map((element) => element.getAttribute('href') ?? '');
}
