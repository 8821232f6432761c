/** A user's reporter: each case's outcome on a line. */

import { defineReporter } from 'wasimeter';

export default defineReporter({
  id: 'own-report',
  title: 'Outcomes as lines',
  render: (run) =>
    Promise.resolve([
      {
        path: 'own.txt',
        content: run.conformance.map((one) => `${one.runner} ${one.case} ${one.outcome}\n`).join(''),
      },
    ]),
});
