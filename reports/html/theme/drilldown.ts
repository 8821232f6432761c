/** Owns what opens and closes: suites, cases, reasons, and the transcripts inside them. */

export const DRILLDOWN = `
summary{cursor:pointer}
details.suite,details.reason{border:1px solid var(--line);border-radius:6px;margin:0 0 .6rem;background:var(--paper)}
details.suite>summary,details.reason>summary{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;padding:.65rem .9rem;list-style:none}
summary::-webkit-details-marker{display:none}
details.suite>summary::before,details.reason>summary::before,details.case>summary::before,details.table>summary::before{content:"";flex:none;width:.45em;height:.45em;border:solid var(--muted);border-width:0 .12em .12em 0;transform:rotate(-45deg);align-self:baseline;margin:0 .25em .1em 0}
details[open]>summary::before{transform:rotate(45deg)!important}
summary:hover{background:var(--soft)}
.name{flex:1 1 14rem;min-width:0}
details.suite>summary>.name{font-weight:600}
.counts{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.875rem;color:var(--muted)}
.counts .bad{color:var(--bad)}
details.case{border-top:1px solid var(--line)}
details.case>summary{display:flex;flex-wrap:wrap;gap:.3rem 1rem;align-items:baseline;padding:.5rem .9rem;list-style:none}
details.case>summary .title{color:var(--muted);font-size:.9375rem}
details.case>summary>.name{flex-basis:20rem}
.chips{display:flex;flex-wrap:wrap;gap:.3rem}
.chip{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font-size:.8125rem;font-weight:500;background:var(--skip-soft);color:var(--muted)}
.chip .mark{margin-right:.3em;font-weight:700}
.chip.pass{background:var(--pass-soft);color:var(--pass)}
.chip.xfail{background:var(--warn-soft);color:var(--warn)}
.chip.fail,.chip.xpass,.chip.timeout,.chip.crash,.chip.error{background:var(--bad-soft);color:var(--bad);font-weight:600}
.body{padding:.25rem .9rem 1rem 1.9rem}
.body>.facts{margin:0 0 .75rem}
.body .facts>div{display:grid;grid-template-columns:7rem minmax(0,1fr);gap:.25rem 1rem;font-size:.9375rem}
.body code{margin-right:.25rem}
.result{margin:0 0 .75rem;padding:.5rem .9rem .6rem;border-left:3px solid var(--line);background:var(--soft);border-radius:0 6px 6px 0}
.result.loud{border-left-color:var(--muted)}
.result h4{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;margin:0 0 .25rem;font-weight:500}
.result .facts{margin:.25rem 0}
.transcript{margin:.6rem 0 .25rem;padding:.5rem 0;max-height:28rem;overflow:auto;background:var(--paper);border:1px solid var(--line);border-radius:4px;line-height:1.6;counter-reset:none}
.transcript li{margin-left:3.2em;padding:0 .75em;white-space:pre-wrap}
.transcript li::marker{color:var(--muted)}
.transcript code{font-size:1em;margin:0}
.transcript .statement{float:right;margin-left:1.5em;color:var(--muted);opacity:.999}
.transcript .marked{background:var(--bad-soft);box-shadow:-3.2em 0 0 var(--bad-soft);color:var(--bad)}
.transcript .marked::marker{color:var(--bad);font-weight:700}
.transcript .marked .statement{color:inherit}
.transcript .why{display:block;font-family:system-ui,sans-serif}
.transcript .gap{list-style:none;color:var(--muted);font-family:system-ui,sans-serif;padding-block:.25rem}
.unexpected{list-style:none;margin:0 0 1.75rem;padding:0;border-top:1px solid var(--line)}
.unexpected li{display:grid;grid-template-columns:9.5rem 9rem minmax(0,1fr);gap:.25rem 1rem;align-items:baseline;padding:.5rem 0;border-bottom:1px solid var(--line)}
.unexpected.ofOne li{grid-template-columns:9.5rem minmax(0,1fr)}
.unexpected .chip{justify-self:start}
.unexpected .what{display:grid;gap:.1rem;min-width:0}
.unexpected .prose{color:var(--muted);font-size:.9375rem}
.gaps{margin:0;padding:.5rem .9rem .9rem 1.9rem;display:grid;gap:.4rem}
.gaps>div{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.25rem 1rem}
.gaps dd{margin:0;display:flex;flex-wrap:wrap;gap:.1rem 1rem}
details.table>summary{display:inline-flex;align-items:baseline;gap:.25rem;padding:.3rem .4rem;margin-left:-.4rem;color:var(--link);font-size:.9375rem;list-style:none;border-radius:4px}
details.table[open]>summary{margin-bottom:.75rem}
@media (max-width:40rem){.unexpected li,.unexpected.ofOne li{grid-template-columns:minmax(0,1fr)}.body{padding-left:.9rem}.body .facts>div,.gaps>div{grid-template-columns:minmax(0,1fr);gap:0}.gaps{padding-left:.9rem}.transcript .statement{float:none;display:block;margin-left:0}}
`;
