/** Owns charts in the page: their inks come from variables, so one drawing serves the light and the dark page. */

export const CHARTS = `
figure{margin:0 0 2rem;min-width:0}
figcaption{font-weight:600;margin:0 0 .5rem}
.chart{display:block;width:100%;height:auto;font-family:inherit;font-variant-numeric:tabular-nums}
.chart.wide{min-width:46rem;max-width:56.25rem}
.chart.narrow{max-width:26rem}
div.narrow{display:none}
@media screen and (max-width:40rem){div.wide{display:none}div.narrow{display:block;margin:0 0 .75rem}}
.chart.lines{min-width:19rem;max-width:31.25rem}
.sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr));gap:0 2rem}
.legend{display:flex;flex-wrap:wrap;gap:.35rem 1.5rem;margin:0 0 1.25rem;padding:0;list-style:none;font-size:.9375rem}
.legend .note{color:var(--muted)}
.who{display:inline-flex;align-items:baseline;gap:.45em;font-weight:600;min-width:0}
.who .id{min-width:0}
.symbol{flex:none;width:.8em;height:.8em;overflow:visible;align-self:baseline;transform:translateY(.05em)}
.part+.part{margin-top:3rem}
h3.part-title{margin-top:0;font-size:1.3rem}
.part h3:not(.part-title){margin-top:1.25rem}
`;
