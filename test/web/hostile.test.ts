import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { poison } from '../report/hostile.js';
import { finding, patch, reviewOf } from '../report/sample.js';
import { executablePath, follow, launch, seriousFaults, Watch } from './browser.js';
import { openStage, type Stage, token } from './stage.js';

/** What a stranger would try in a subject, a name, a diff or a file's path. */
const hostile = [
  '<script>document.title = "taken"</script>',
  '"><img src=x onerror=\'document.title = "taken"\'>',
  '</title></textarea></style><svg onload=\'document.title = "taken"\'>',
  "javascript:document.title='taken'",
  '\u202egnitirw sdrawkcab \u2066 \u200b \u0000 \u001b[31m',
  'w'.repeat(10_000),
  `${'a long line of words '.repeat(500)}`,
  "{{constructor.constructor('document.title=1')()}}",
  '%0d%0aSet-Cookie: x=y',
  '../../../etc/passwd',
];

describe.skipIf(executablePath === undefined)('what strangers wrote, in a browser', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await openStage();
    browser = await launch();
    for (const [at, text] of hostile.entries()) {
      const report = poison(reviewOf({ ...patch, findings: [finding] }), [text, ...hostile]);
      await stage.post({
        ...{ id: `h${at}`, mails: [], subject: text, sender: `${text} <${text}@example.org>` },
        outcome: { outcome: 'reviewed', report },
      });
      stage.letters.outbox.put(
        {
          ...{ id: `fl.h${at}.${'x'.repeat(200)}@example.org`, key: `k${at}`, series: text, thread: text },
          ...{ author: text, lists: [text], from: text, to: [text], subject: text, findings: [text] },
          bytes: Buffer.from(`Subject: ${text}\n\n${text}\n`),
        },
        { state: 'held', why: text, notBefore: 0, now: Date.now() },
      );
    }
  });

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  it('is shown and does nothing, on every page', async () => {
    const context = await browser.newContext({ viewport: { width: 1024, height: 800 } });
    const page = await context.newPage();
    const watch = await Watch.of(page, stage.url);
    await page.goto(`${stage.url}/login`);
    await page.getByLabel('Token').fill(token);
    await follow(page, () => page.getByRole('button', { name: 'Sign in' }).click());
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    const mails = await page
      .locator('.entry a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')!));
    expect(mails).toHaveLength(hostile.length);
    const paths = [
      '/',
      '/outbox',
      ...mails,
      ...hostile.map((text) => `/?q=${encodeURIComponent(text.slice(0, 2000))}`),
    ];
    for (const at of hostile.keys()) {
      paths.push(`/series/h${at}`);
      await page.goto(`${stage.url}/series/h${at}`);
      const links = page.locator('.finding a');
      paths.push(...(await links.evaluateAll((all) => all.map((each) => each.getAttribute('href')!))));
    }
    expect(paths.length).toBeGreaterThan(4 * hostile.length);
    const faults: string[] = [];
    for (const path of paths) {
      const before = watch.faults.length;
      const response = await page.goto(stage.url + path);
      const text = await page.evaluate(() => document.documentElement.outerHTML);
      const found = {
        'it did not answer': response!.status() >= 400,
        'its title was taken': (await page.title()) === 'taken',
        'an element came from a mail':
          (await page.locator('img, svg, iframe, object, script:not([src])').count()) > 0,
        'a link runs': (await page.locator('a[href^="javascript:" i]').count()) > 0,
        'a letter steers': /[\u0000\u001b\u200b\u202e\u2066]/.test(text),
        'wider than its window': await page.evaluate(() => document.documentElement.scrollWidth > innerWidth),
      };
      for (const [what, is] of Object.entries(found)) if (is) faults.push(`${path.slice(0, 100)}: ${what}`);
      faults.push(...watch.faults.slice(before).map((fault) => `${path.slice(0, 100)}: ${fault}`));
    }
    expect(faults).toEqual([]);
    await page.goto(`${stage.url}/series/h5`);
    expect(await seriousFaults(page)).toEqual([]);
    await context.close();
  }, 240_000);

  it('is met with one clear line when it is an address', async () => {
    for (const path of [
      '/series/%00',
      '/series/%ff',
      '/races/..%2f..%2fetc',
      `/series/${'x'.repeat(5000)}`,
    ]) {
      const response = await fetch(stage.url + path);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toMatch(/\bat .*\.ts:|node_modules/);
    }
  });
});
