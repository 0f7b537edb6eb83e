import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/race/read.js';
import { executablePath, follow, launch, seriousFaults, Watch } from './browser.js';
import { openStage, reviewFixture, type Stage, token, writeMatrix } from './stage.js';

describe.skipIf(executablePath === undefined)('the dashboard in a browser', () => {
  let stage: Stage;
  let browser: Browser;
  let findings: string[];

  beforeAll(async () => {
    stage = await openStage();
    browser = await launch();
    const races = { 'no-second-lookup': 'dax-pmd-insert-race', 'no-wake-at-unlock': 'dax-pmd-waits-for-pte' };
    for (const [name, race] of Object.entries({ ...races, 'rename-a-local': 'dax-layout-skips-locked' }))
      await stage.post(await reviewFixture(name, [race]));
    writeMatrix(stage, readCatalogue());
    findings = await linksOf('/series/no-second-lookup', '.finding a');
    expect(findings).not.toEqual([]);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  /** A page in a browser of its own, which nothing may go wrong in. */
  async function open(
    path: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; watch: Watch }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const watch = await Watch.of(page, stage.url);
    await page.goto(stage.url + path);
    return { page, watch };
  }

  async function linksOf(path: string, selector: string): Promise<string[]> {
    const { page } = await open(path);
    const links = await page
      .locator(selector)
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')!));
    await page.context().close();
    return links;
  }

  async function signIn(page: Page): Promise<void> {
    await page.getByLabel('Token').fill(token);
    await follow(page, () => page.getByRole('button', { name: 'Sign in' }).click());
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  it('shows every page without an error, a breach of its policy or a serious fault of accessibility', async () => {
    // It is executed when first looked at, and its page loads itself again then.
    const race = await open('/races/dax-pmd-insert-race');
    await race.page.locator('.witness').waitFor({ timeout: 60_000 });
    await race.page.context().close();
    const kinds = ['/', '/series/no-second-lookup', findings[0]!, '/races', '/races/dax-pmd-insert-race'];
    kinds.push('/matrix', '/lists', '/login', '/outbox');
    const more = ['/?q=dax&stand=introduced', '/?q=nothing-like-that', '/series/rename-a-local'];
    const looks: { options: BrowserContextOptions; paths: string[] }[] = [
      { options: { colorScheme: 'light' }, paths: [...kinds, ...more] },
      { options: { colorScheme: 'dark', viewport: { width: 390, height: 800 } }, paths: kinds },
    ];
    const faults: string[] = [];
    for (const { options, paths } of looks) {
      const { page, watch } = await open(paths[0]!, options);
      for (const path of paths) {
        await page.goto(stage.url + path);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        const all = [
          ...watch.faults.splice(0),
          ...(await seriousFaults(page)),
          ...(wide ? ['wider than its window'] : []),
        ];
        faults.push(...all.map((fault) => `${path} ${options.colorScheme}: ${fault}`));
      }
      await page.context().close();
    }
    expect(faults).toEqual([]);
  }, 240_000);

  it('prints a finding whole', async () => {
    const { page } = await open(findings[0]!);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('.steps tbody tr').last().isVisible()).toBe(true);
    await page.context().close();
  });

  it('steps through an interleaving by keyboard and by mouse, and tells the world behind each step', async () => {
    const { page, watch } = await open(findings[0]!);
    const label = page.locator('.controls output');
    const world = page.locator('.world dl');
    const count = await page.locator('.steps tbody tr').count();
    expect(count).toBeGreaterThan(10);
    expect(await label.textContent()).toBe(`1 of ${count}`);
    await page.locator('.witness').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    expect(await label.textContent()).toBe(`3 of ${count}`);
    expect(await page.locator('tr.now').getAttribute('aria-current')).toBe('step');
    expect(await world.textContent()).toBe('so farnothing');
    await page.keyboard.press('End');
    expect(await label.textContent()).toBe(`${count} of ${count}`);
    expect(await world.textContent()).toContain('PMD');
    await page.getByRole('button', { name: 'Back' }).click();
    expect(await label.textContent()).toBe(`${count - 1} of ${count}`);
    await page.locator('.steps tbody tr').first().click();
    expect(await label.textContent()).toBe(`1 of ${count}`);
    expect(watch.faults).toEqual([]);
    await page.context().close();
  });

  it('names the lines that race and what breaks, before anything else of the interleaving', async () => {
    const { page } = await open(findings[0]!);
    const rows = await page.locator('.clash li').allTextContents();
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatch(/thread 1 sees.*__radix_tree_lookup\(.*= NULL/);
    expect(rows[1]).toMatch(/thread 2 meanwhile.*__radix_tree_insert\(.*none -> PMD/);
    expect(rows[2]).toMatch(/thread 1 goes on.*__radix_tree_insert\(.*-EEXIST/);
    expect(rows[3]).toMatch(/^breaks.*huge/);
    expect(rows[4]).toMatch(
      /^opened by.*fs\/dax\.c:339.*line of thread 1\..*@@ -328,16 \+328,6 @@.*-.*__radix_tree_lookup/s,
    );
    expect(await page.locator('tr.clashes').count()).toBe(3);
    expect(await page.locator('.steps caption').textContent()).toContain('Sizes are scaled');
    await page.context().close();
  });

  it('is the whole story without JavaScript', async () => {
    const { page } = await open(findings[0]!, { javaScriptEnabled: false });
    expect(await page.locator('.controls').isVisible()).toBe(false);
    expect(await page.locator('tr.breaks').textContent()).toContain('huge');
    await page.goto(`${stage.url}/`);
    await page.getByRole('searchbox').fill('wait queue');
    await follow(page, () => page.getByRole('searchbox').press('Enter'));
    expect(await page.locator('.entry').count()).toBe(1);
    await page.context().close();
  });

  it('loads a finding in less than 100 kB, from nowhere else', async () => {
    for (const path of findings) {
      const { page, watch } = await open(path);
      await page.waitForLoadState('networkidle');
      expect(watch.bytes).toBeLessThan(100_000);
      expect(watch.bytes).toBeGreaterThan(10_000);
      expect(watch.faults).toEqual([]);
      await page.context().close();
    }
  });

  it('finds series by words and by how they stand', async () => {
    const { page, watch } = await open('/');
    await page.getByRole('searchbox').fill('wait que');
    await follow(page, () => page.getByRole('button', { name: 'Search' }).click());
    expect(await page.locator('.entry .subject').allTextContents()).toEqual([
      'dax: do not look at the wait queue for each unlock',
    ]);
    await follow(page, () => page.getByRole('link', { name: /^not concerned/ }).click());
    expect(await page.locator('.empty').textContent()).toBe('No series is like that.');
    await follow(page, () => page.getByRole('link', { name: /^all/ }).click());
    expect(await page.locator('.entry').count()).toBe(1);
    expect(watch.faults).toEqual([]);
    await page.context().close();
  });

  it('follows what changes without being asked', async () => {
    const { page, watch } = await open('/');
    await page.locator('.pulse.on').waitFor();
    const before = await page.locator('.entry').count();
    const later = {
      id: 'later',
      mails: [],
      subject: 'dax: a series that came later',
      sender: 'L <l@example.org>',
    };
    await stage.post({ ...later, outcome: undefined });
    await page.getByText('dax: a series that came later').waitFor({ timeout: 10_000 });
    expect(await page.locator('.entry').count()).toBe(before + 1);
    stage.ledger.reviews.finish('later', { outcome: 'refused', why: 'it does not apply' }, Date.now());
    await page.getByText('it does not apply').waitFor({ timeout: 10_000 });
    expect(watch.faults).toEqual([]);
    await page.context().close();
  });

  it('executes a race when somebody first looks at it, and shows its own interleaving', async () => {
    const { page, watch } = await open('/races/dax-unlock-wakes');
    await page.locator('.witness').waitFor({ timeout: 60_000 });
    expect(await page.locator('.clash .breaks').textContent()).toContain('nobody will wake the sleeper');
    expect(await page.locator('.controls output').textContent()).toMatch(/^1 of /);
    expect(watch.faults).toEqual([]);
    const again = await open('/races/dax-unlock-wakes');
    expect(await again.page.locator('.witness').count()).toBe(1);
    await again.page.context().close();
    await page.context().close();
  });

  it('lets who holds the token see the exact mail and decide, and nobody else', async () => {
    const mail = stage.letters.outbox.list().find(({ state }) => state === 'held')!;
    const { page, watch } = await open('/outbox');
    expect(page.url()).toContain('/login');
    expect(await page.locator('main').textContent()).not.toContain(mail.subject);
    await signIn(page);
    await follow(page, () => page.getByRole('link', { name: mail.subject }).first().click());
    const shown = await page.locator('.mail').textContent();
    expect(shown).toContain(mail.bytes.toString('utf8').slice(0, 400));
    expect(await seriousFaults(page)).toEqual([]);
    await follow(page, () => page.getByRole('button', { name: 'Approve and send' }).click());
    await page.locator('.stand.ready').waitFor();
    const id = (await page.locator('dl.facts').textContent())!;
    const approved = stage.letters.outbox.list().find((each) => id.includes(each.id))!;
    expect(approved.state).toBe('ready');
    await page.getByLabel('Reason').fill('not yet <b>sure</b>');
    await follow(page, () => page.getByRole('button', { name: 'Drop' }).click());
    await page.locator('.stand.dropped').waitFor();
    expect(stage.letters.outbox.find(approved.id)).toMatchObject({
      state: 'dropped',
      why: 'not yet <b>sure</b>',
    });
    expect(await page.locator('.lead b').count()).toBe(0);
    await follow(page, () => page.getByRole('button', { name: 'Sign out' }).click());
    await page.goto(`${stage.url}/outbox`);
    expect(page.url()).toContain('/login');
    expect(watch.faults).toEqual([]);
    await page.context().close();
  });
});
