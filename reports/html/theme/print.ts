/** Owns the page on paper: no navigation, nothing cut by a scrolling box, figures and rows kept whole. */

export const PRINT = `
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media print{
nav,.skip:not(.chip){display:none}
html{font-size:11.5px}
th,td{padding:.3rem .45rem}
.inner{max-width:none;padding:0}
body>header{padding:0 0 1rem}
main>section{padding:1.25rem 0}
.scroll,.transcript{overflow:visible;max-height:none}
.chart.wide,.chart.lines,.figures{min-width:0}
figure,tr,.result,.unexpected li{break-inside:avoid}
h2,h3,h4,figcaption,summary{break-after:avoid}
a{color:inherit}
details.table::details-content{content-visibility:visible;height:auto}
}
`;
