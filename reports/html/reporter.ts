/** Owns the HTML report: one page that needs nothing beside it, and the run it was made from. */

import type { Reporter } from '../../harness/contracts/reporter.ts';
import { pageOf } from './model/page.ts';
import { document } from './page.ts';

const reporter: Reporter = {
  id: 'html',
  title: 'HTML page',
  async render(run, _options, beside) {
    return [
      { path: 'index.html', content: await document(pageOf(run, beside?.comparison)) },
      // The page links to it, and a published folder is then complete by itself.
      { path: 'run.json', content: `${JSON.stringify(run)}\n` },
    ];
  },
};

export default reporter;
