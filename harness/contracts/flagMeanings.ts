/** Owns what each flag on a figure means, in a sentence for readers. */

import type { Flag } from './run.ts';

export const FLAG_MEANINGS: Readonly<Record<Flag, string>> = {
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
