/** Owns the page's frame and text: type, spacing, header, navigation, sections. */

export const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{scroll-padding-top:4rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
code,.transcript{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.875em}
code,.id,.prose,.name,td,th,dd{unicode-bidi:isolate}
.inner{max-width:72rem;margin:0 auto;padding:0 clamp(1rem,3vw,2rem)}
a{color:var(--link);text-underline-offset:.15em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.skip:not(.chip){position:absolute;left:-999rem;top:0;background:var(--paper);padding:.5rem 1rem;z-index:3}
.skip:not(.chip):focus{left:0}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
body>header{padding:2.5rem 0 1.5rem}
.brand{margin:0;color:var(--muted);font-weight:600;letter-spacing:.02em}
h1{margin:.1rem 0 1rem;font-size:clamp(1.6rem,1.2rem + 1.8vw,2.4rem);line-height:1.15;letter-spacing:-.02em;text-wrap:balance}
h2{margin:0 0 1rem;font-size:1.6rem;line-height:1.2;letter-spacing:-.015em}
h3{margin:2rem 0 .6rem;font-size:1.15rem;line-height:1.3}
h4{margin:1rem 0 .4rem;font-size:1rem;line-height:1.4}
h3 small,figcaption small,summary small,h4 small,th small,td small{color:var(--muted);font-weight:400;font-size:.8125rem}
p{margin:0 0 1rem;max-width:46rem}
.run{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;margin:0}
.run dt,.facts dt{color:var(--muted);font-size:.8125rem}
.run dd,.facts dd{margin:0}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-block:1px solid var(--line)}
nav ul{display:flex;gap:1.5rem;margin:0;padding:0;list-style:none;overflow-x:auto;scrollbar-width:none}
nav a{display:block;padding:.7rem 0;white-space:nowrap;color:var(--ink);text-decoration:none;font-size:.9375rem}
nav a:hover{color:var(--link);text-decoration:underline}
nav a:focus-visible{outline-offset:-3px}
main>section{padding:2.75rem 0;border-bottom:1px solid var(--line)}
main>section:last-child{border-bottom:0}
.sentence{font-size:1.1875rem;line-height:1.5}
.sentence p{max-width:50rem;margin:0 0 .35rem}
.sentence+*{margin-top:1.5rem}
.good{color:var(--pass)}.bad{color:var(--bad);font-weight:600}
.empty,.note{color:var(--muted)}
.text p{max-width:44rem}
.prose{white-space:pre-line}
.ctl{padding:0 .2em;border-radius:3px;background:var(--warn-soft);color:var(--warn);font-size:.8em;font-family:ui-monospace,monospace;unicode-bidi:isolate}
.facts{display:grid;gap:.5rem;margin:.5rem 0}
.facts.wide{gap:.4rem 2rem}
.facts.wide>div{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:1rem}
.facts.wide dt{padding-top:.15rem}
footer{padding:1.5rem 0 3rem;color:var(--muted);font-size:.875rem;border-top:1px solid var(--line)}
@media (max-width:40rem){.facts.wide>div{grid-template-columns:minmax(0,1fr);gap:0}main>section{padding:2rem 0}nav{position:static}html{scroll-padding-top:1rem}}
`;
