/** Owns the method in plain words, and what each flag on a figure means. */

import type { Flag } from '../../../harness/contracts/run.ts';
import { type Fragment, html } from '../markup/html.ts';

const FLAGS: Readonly<Record<Flag, string>> = {
  contaminated: 'Fewer than five processes had a quiet moment; read the figure as an upper bound.',
  'coarse-clock': 'The guest’s clock ticks too coarsely for the length of a batch.',
  'clock-disagrees':
    'The guest’s clock runs at another speed than the host’s; the figure is in the guest’s time.',
  'spawn-overhead': 'Includes the 1 to 2 ms that Node itself takes to start a process.',
  'call-fails': 'The timed call returned an error at times.',
  wide: 'Half the interval is more than 1% of the figure: changes of that size can’t be told in it.',
  'one-cpu':
    'All threads of the process were kept on one CPU. This runtime’s calls cross to another thread, which costs several times as much where the two run on different CPUs.',
};

/** How figures come about, for a reader who knows nothing of it. */
export function method(): Fragment {
  const meanings = Object.entries(FLAGS).map(
    ([name, words]) => html`<div><dt><span class="flag">${name}</span></dt><dd>${words}</dd></div>`,
  );
  return html`<div class="text"><p>A call is repeated in a loop inside the guest, in many short batches. A <strong>control loop</strong> that calls nothing stands before and after each batch: where it took its usual shortest time, the batch ran undisturbed. Each process gives one number, the <strong>tenth percentile of its undisturbed batches</strong>, at the core’s typical speed as the control tells it; a process without one does not count. Many fresh processes are started, and a figure is the <strong>mean of the middle half</strong> of their numbers, between the quartiles. So a figure tells what a call costs when nothing disturbs it. That is a best case, and a slowdown that hits only some processes hides from it; p99, the slow end, is shown beside it.</p><p>Why not the mean or the median? Shared machines switch between a fast and a slow mode, often a third or more apart, and a mean or median reports whichever came up more often. Which process counts is decided by the control alone, never by the figure itself, so the choice cannot favour a runtime.</p><p>The <strong>95% interval</strong> comes from resampling processes (bootstrap), never batches: batches of one process are not independent. Where two intervals overlap, the page says that the figures can’t be told apart.</p><p>The <strong>cost of the loop</strong>, an empty batch, is subtracted from latencies. Runners take turns <strong>process by process</strong>, in a seeded random order, so that a change of the machine’s mood hits all of them. Nothing else of the harness runs meanwhile.</p><p><strong>Conformance</strong> is not timed, and runs side by side. To be quick it may take a way that comes to the same in every case: runtimes in JavaScript keep a process and give each case a fresh instance in it, and where a runner names a conformance mode beside its own, that mode’s precompiled guests are run.</p></div><h4 id="flags">Flags</h4><dl class="facts wide">${meanings}</dl>`;
}
