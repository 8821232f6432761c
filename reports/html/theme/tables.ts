/** Owns tables and the boxes they scroll in. */

export const TABLES = `
.scroll{overflow-x:auto;margin:0 0 1.5rem;position:relative}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums;line-height:1.4;overflow-wrap:break-word}
caption{text-align:left;font-weight:600;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem;border-bottom:1px solid var(--line)}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;font-size:.8125rem;color:var(--muted);vertical-align:bottom;border-bottom-color:var(--muted)}
thead th .who{color:var(--ink);font-size:.9375rem}
tbody th{font-weight:500}
th small,td small{display:block;line-height:1.35}
td,th{max-width:24rem}
.n{text-align:right;white-space:nowrap}
th.n .who{justify-content:flex-end}
.none{color:var(--muted)}
.absent td{color:var(--muted)}
.version th,.version td{padding-top:1.4rem;font-weight:600;border-bottom-color:var(--muted)}
.version th{white-space:nowrap}
.version td{vertical-align:bottom}
/* A note wraps to the width that the figures below it need, rather than widening their column. */
.version small{width:0;min-width:100%;white-space:normal}
.headlines .version td{text-align:right}
tfoot th,tfoot td{border-bottom:0;padding-top:.9rem}
.matrix td{min-width:8.5rem}
.matrix .count strong{font-weight:650}
.bar{display:block;width:100%;max-width:9rem;height:.5rem;margin:.3rem 0;border-radius:2px;background:var(--skip-soft)}
.bar .pass{fill:var(--pass)}.bar .xfail{fill:var(--warn)}.bar .bad{fill:var(--bad)}.bar .skip{fill:var(--skip)}
.swatch{display:inline-block;width:1.25rem;margin:0}
td small span{display:inline-block;margin-right:.4rem}
.xfail:not(.chip){color:var(--warn)}
.figures{min-width:52rem}
.summary{min-width:58rem}
.figures tbody th{width:16rem}
.figures tbody tr:not(:last-child) td{border-bottom-color:transparent;padding-bottom:.1rem}
.figures td:nth-of-type(1){padding-left:.75rem}
.figures tbody th small{max-width:16rem}
.flag{display:inline-block;padding:0 .4rem;border-radius:3px;background:var(--warn-soft);color:var(--warn);font-size:.8125rem;text-decoration:none;white-space:nowrap}
a.flag:hover{text-decoration:underline}
.flagged{color:var(--warn);text-decoration:none;font-weight:700;padding-left:.1rem}
abbr{text-decoration:none}
.scroll tr>th:first-child{position:sticky;left:0;background:var(--paper)}
@media (max-width:40rem){.scroll tr>th:first-child{min-width:7.5rem;max-width:45vw;overflow-wrap:anywhere}.figures tbody th,.headlines tbody th{width:auto;min-width:8rem;max-width:8.5rem;overflow-wrap:anywhere}table{font-size:.875rem}th,td{padding:.45rem .6rem}.matrix td{min-width:7.5rem}}
`;
