/** Owns the browser for tests of the page: where Chromium is found, how it is started, what a visit records. */

import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export const HOW_TO_INSTALL =
  'no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to its executable';

/** Chromium's executable, or undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  return USUAL_PLACES.find((place) => existsSync(place));
}

/** Starts Chromium so that it does nothing on its own account. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const flags = [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ];
  // Chromium's sandbox refuses to run as root; for anybody else it stays.
  if (process.getuid?.() === 0) flags.push('--no-sandbox');
  return chromium.launch({ executablePath, args: flags });
}

export interface Visit {
  page: Page;
  /** Errors, dialogs, console messages of weight, and requests besides the page itself. */
  incidents: string[];
}

/** Opens a page in a context of its own and records whatever it should not have done. */
export async function visit(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const incidents: string[] = [];
  page.on('pageerror', (error) => incidents.push(`page error: ${error.message}`));
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) incidents.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    if (request.url() !== address) incidents.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, incidents };
}
