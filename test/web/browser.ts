import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

const places = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The system's Chromium; undefined where there is none. */
export const executablePath = places.find((path) => path !== '' && existsSync(path));

if (executablePath === undefined)
  console.warn(
    'NO CHROMIUM: the pages are NOT looked at by any test (apt-get install chromium, or set CHROMIUM)',
  );

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** Does what leads to another page, and waits until that page is there: a click alone does not. */
export async function follow(page: Page, act: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForEvent('load'), act()]);
}

/** What a page did that it should not have done, as one line each. */
export class Watch {
  readonly faults: string[] = [];
  /** Bytes of every answer. */
  bytes = 0;

  private constructor(private readonly origin: string) {}

  static async of(page: Page, origin: string): Promise<Watch> {
    const watch = new Watch(origin);
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) =>
        console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
      );
    });
    page.on('console', (message) => {
      if (['error', 'warning', 'assert'].includes(message.type()))
        watch.faults.push(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => watch.faults.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      watch.faults.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(watch.origin)) watch.faults.push(`request: ${request.url()}`);
    });
    page.on('response', async (response) => {
      const body = await response.body().catch(() => Buffer.alloc(0));
      watch.bytes += body.length;
    });
    return watch;
  }
}

/** What axe-core calls serious or worse, with where it is. */
export async function seriousFaults(page: Page): Promise<string[]> {
  // As an expression of the debugger: the page's policy would let no script in.
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as axe.AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
