/** Owns the tests of escaping: what a value may never become, wherever in the markup it stands. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Anchors } from './anchors.ts';
import { html, trusted } from './html.ts';
import { linkOrText, webAddress } from './link.ts';
import { shorten, visibleText } from './visible.ts';

const text = (value: string): string => html`<p>${value}</p>`.toString();

describe('html', () => {
  it('escapes values and nests fragments', () => {
    assert.equal(text(`<b>&"'`), '<p>&lt;b&gt;&amp;&quot;&#39;</p>');
    assert.equal(
      html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>`.toString(),
      '<ul><li>1</li><li>2</li></ul>',
    );
    assert.equal(html`<p>${trusted('<br>')}</p>`.toString(), '<p><br></p>');
  });

  it('takes no value for a fragment that only looks like one', () => {
    const fake = { toString: () => '<script>' } as unknown as string;
    assert.equal(html`<p>${fake}</p>`.toString(), '<p>&lt;script&gt;</p>');
  });

  it('leaves nothing for nothing, but shows zero', () => {
    assert.equal(html`<p>${null}${undefined}${false}${0}</p>`.toString(), '<p>0</p>');
  });

  it('marks controls, bidi controls and lone surrogates in text', () => {
    assert.equal(text('\0'), '<p><span class="ctl">NUL</span></p>');
    assert.equal(text('a\u202eb'), '<p>a<span class="ctl">U+202E</span>b</p>');
    assert.equal(text('\ud800'), '<p><span class="ctl">U+D800</span></p>');
    assert.equal(text('\n'), '<p><span class="ctl">LF</span>\n</p>');
    for (const one of ['\x1b', '\x7f', '\x85', '\u061c', '\u200e', '\u2066', '\u2069', '\ufeff']) {
      assert.ok(!text(one).includes(one));
    }
  });

  it('keeps whole surrogate pairs and joiners', () => {
    assert.equal(text('👩‍🚀 é 漢'), '<p>👩‍🚀 é 漢</p>');
  });

  it('escapes attributes without markup in them', () => {
    assert.equal(html`<a title="${'">\0'}">x</a>`.toString(), '<a title="&quot;&gt;[NUL]">x</a>');
  });

  it('refuses text in a tag and fragments in an attribute', () => {
    assert.throws(() => html`<a ${'onclick=x'}>`, /inside a tag/);
    assert.throws(() => html`<a href=${'x'}>`, /inside a tag/);
    assert.throws(() => html`<a href="${html`x`}">`, /attribute/);
    assert.equal(html`<details${html` open`}>`.toString(), '<details open>');
  });
});

describe('links', () => {
  it('lets only http and https through', () => {
    assert.equal(webAddress('https://example.org/a b'), undefined);
    assert.equal(webAddress('HTTPS://example.org/a'), 'https://example.org/a');
    for (const bad of [
      'javascript:alert(1)',
      'java\nscript:x',
      'data:text/html,x',
      '//example.org',
      'https://',
      ' https://a',
      'https://a\t',
    ]) {
      assert.equal(webAddress(bad), undefined, bad);
    }
    assert.equal(linkOrText('javascript:x').toString(), 'javascript:x');
    assert.match(linkOrText('http://a.example/"').toString(), /href="http:\/\/a\.example\/(%22|&quot;)"/);
  });
});

describe('visible text and anchors', () => {
  it('shortens without splitting a pair', () => {
    assert.equal(shorten('abcdef', 4), 'abc…');
    assert.equal(shorten('😀😀😀', 2), '😀…');
    assert.equal(visibleText('a\u2066b'), 'a[U+2066]b');
  });

  it('gives different things different ids of safe characters', () => {
    const anchors = new Anchors();
    assert.equal(anchors.of('case', 'p1', 'a/b'), 'case-p1-a-b');
    assert.equal(anchors.of('case', 'p1', 'a b'), 'case-p1-a-b-2');
    assert.equal(anchors.of('case', 'p1', 'a/b'), 'case-p1-a-b');
    assert.match(anchors.of('case', '"><script>'), /^[a-z0-9-]+$/);
  });
});
