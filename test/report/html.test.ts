import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../src/report/html.js';
import { storyOf } from '../../src/report/page/story.js';
import { hostileText } from './hostile.js';
import { context, finding, patch, review, reviewOf, step } from './sample.js';

const page = (of = review) => htmlReport(of, context()).output;

describe('the page of a review', () => {
  it('needs nothing beside itself', () => {
    expect(page()).not.toMatch(/\b(?:src|href|action)=|@import|url\(/);
    expect(page().length).toBeLessThan(100_000);
  });

  it('lets in its own style and script by their hashes, and nothing else', () => {
    const html = page();
    const policy = /content="(default-src[^"]*)"/.exec(html)![1]!;
    for (const tag of ['style', 'script']) {
      const [, text] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(html)!;
      const hash = createHash('sha256').update(text!).digest('base64');
      expect(policy.replaceAll('&#39;', "'")).toContain(`${tag}-src 'sha256-${hash}'`);
    }
    expect(html).not.toMatch(/ style="| on\w+="/);
  });

  it('is the whole story without its script', () => {
    const html = page();
    for (const words of [
      'INTRODUCED',
      'look_again',
      '-EEXIST',
      'a PTE is inserted where a huge PMD is mapped',
    ])
      expect(html.toUpperCase()).toContain(words.toUpperCase());
    expect(html).toContain('faultline replay 1.dax-pmd-insert-race.after.9f3c2a1b.11a2b1');
  });

  it('gives the same finding a place of its own in each patch of a series', () => {
    const series = reviewOf(patch);
    const ids = [...page({ ...series, patches: [patch, patch] }).matchAll(/ id="([^"]+)"/g)].map(
      ([, id]) => id,
    );
    expect(ids.filter((id) => id?.startsWith('finding-'))).toHaveLength(2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('says of the series and of the patch what the text says', () => {
    const mended = reviewOf({ ...patch, repairs: ['a line was joined'] });
    const series = {
      ...mended.series,
      missing: ['patch 2'],
      notes: ['a reply'],
      neverAnswer: 'a saved page',
    };
    const html = page({ ...mended, series });
    const said = ['Missing: patch 2', 'Note: a reply', 'Never answered: a saved page'];
    for (const words of [...said, 'Repaired: a line was joined.', '1 function touched, 2 races replayed.'])
      expect(html).toContain(words);
  });

  it('tells what was there before in short, and whole when it is asked to explain', () => {
    const before = reviewOf({ ...patch, findings: [{ ...finding, status: 'present' }] });
    expect(page(before)).toContain('faultline replay 1.dax-pmd-insert-race');
    expect(page(before)).not.toContain('class="witness"');
    expect(htmlReport(before, { ...context(), explain: true }).output).toContain('class="witness"');
  });

  it('shows what strangers wrote, and does nothing of it', () => {
    const script = '</script><script>x</script><img src=x onerror=y>\u202e" onload="z';
    const hostile = reviewOf({
      ...patch,
      subject: script,
      notAnalysed: [{ what: script, why: script }],
      findings: [
        {
          ...finding,
          title: script,
          hunks: [
            { file: script, header: script, lines: [script], target: 0, leftOut: { before: 1, after: 0 } },
          ],
          trace: finding.trace.map((each) => ({ ...each, source: script, role: script })),
        },
      ],
    });
    const html = page(hostile);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('a hunk of the patch');
    expect(html).not.toMatch(/<img|\u202e/);
    fc.assert(
      fc.property(hostileText, (subject) => {
        const text = page(reviewOf({ ...patch, subject, findings: [] }));
        expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
        expect(text.match(/<script/g)).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a story', () => {
  const trace = [
    step(1, 1, 'lock(a);', { locks: ['a'] }),
    step(1, 2, 'store();', { locks: ['a'], effects: [{ name: 'entry 0', old: 'none', new: 'PMD' }] }),
    step(2, 9, 'wait();', { blockedOn: 'a wake-up' }),
    step(1, 3, 'map();', { locks: ['a'], event: 'maps 0x200000, 4096 bytes, pfn 16' }),
    step(1, 4, 'wake();', { locks: ['a'], wakes: [2] }),
    step(2, 10, 'unmap();', { event: 'unmaps 0x200000, 4096 bytes', broken: 'nothing is left' }),
  ];
  const { scenes, locks } = storyOf(trace, true);

  it('knows the world behind every statement', () => {
    expect(scenes.map(({ world }) => Object.fromEntries(world))).toEqual([
      {},
      { 'entry 0': 'PMD' },
      { 'entry 0': 'PMD', 'thread 2': 'sleeps, waits for a wake-up' },
      {
        'entry 0': 'PMD',
        'thread 2': 'sleeps, waits for a wake-up',
        'page table at 0x200000': '4096 bytes, pfn 16',
      },
      { 'entry 0': 'PMD', 'page table at 0x200000': '4096 bytes, pfn 16' },
      { 'entry 0': 'PMD' },
    ]);
  });

  it('knows who holds what while others run, and where another thread goes on', () => {
    expect(locks).toEqual(['a']);
    expect(scenes[2]!.held.get(1)).toEqual(['a']);
    expect(scenes.map(({ switched }) => switched)).toEqual([false, false, true, true, false, true]);
  });
});
