import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import type { Outcome } from '../../src/finding/outcome.js';
import { ingest } from '../../src/intake/ingest.js';
import { Patchwork } from '../../src/patchwork/patchwork.js';
import { PatchworkTeller } from '../../src/patchwork/tell.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { digestOf } from '../../src/store/store.js';
import { Box, mailOf } from '../job/posts.js';
import { finding, patch, reviewOf } from '../report/sample.js';
import { fakePatchwork } from './fake-patchwork.js';

const token = 'planted-patchwork-token';
const nvdimm = 'nvdimm@lists.linux.dev';
const first = 'p1@example.org';
const second = 'p2@example.org';
const opens = { ...patch, messageId: first };
const quiet = { ...patch, messageId: second, findings: [], notAnalysed: [] };
const told = (...patches: (typeof patch)[]): Outcome => ({
  outcome: 'reviewed',
  report: { ...reviewOf(patch), patches },
});

describe('checks in a Patchwork', () => {
  let folder: string;
  let ledger: Ledger;
  let server: Awaited<ReturnType<typeof fakePatchwork>>;
  let now: number;
  let braked: boolean;
  let disputed: Set<string>;
  let trouble: string[];
  let events: unknown[];
  let more: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-patchwork-'));
    ledger = openLedger(join(folder, 'mail.db'));
    server = await fakePatchwork(token);
    server.state.patches = [first, second];
    now = Date.parse('2026-03-01T00:00:00Z');
    braked = false;
    disputed = new Set();
    trouble = [];
    events = [];
    more = 'publish: true';
  });
  afterEach(async () => {
    ledger.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const teller = (given = token, opened?: Patchwork) => {
    const config = () => {
      const read = readConfig(
        `identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\nweb: { url: "https://faultline.example.org/" }\n` +
          `lists: { ${nvdimm}: { embargo: 1h } }\npatchwork: [{ url: "${server.url}", project: linux-nvdimm, lists: [${nvdimm}], token: { env: X }, ${more} }]\n`,
      );
      if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
      return read.config;
    };
    return new PatchworkTeller({
      ...{ config, ledger, now: () => now, tell: (...event) => events.push(event), isBraked: () => braked },
      disputed: () => disputed,
      onTrouble: (line) => trouble.push(line),
      open: ({ url, project, context }) => opened ?? new Patchwork({ url, project, context, token: given }),
    });
  };

  /** A series of two patches, with its mails. */
  async function posted(lists: string[] = [nvdimm]): Promise<void> {
    const box = new Box();
    const mails = [first, second].map((id, at) => mailOf({ id, subject: `[PATCH ${at + 1}/2] dax: ${id}` }));
    box.waiting.push(...mails);
    await ingest(box, ledger.store);
    const series = { id: 'r1', messageId: first, version: 1, subject: 's', sender: 'A <a@example.org>' };
    ledger.reviews.plan({ ...series, lists, words: [], arrivedMs: now }, mails.map(digestOf), []);
  }

  it('wait with the review, and tell what came of each patch when the embargo is over', async () => {
    await posted();
    await teller().round();
    expect(server.shown(first)).toBe('pending: waits for its review');
    ledger.reviews.finish('r1', told(opens, quiet), now);
    await teller().round();
    expect(server.shown(first)).toMatch(/^pending/);
    now += 3_600_000;
    await teller().round();
    expect(server.shown(first)).toBe('fail: introduces unlocked-entry-path in claim_slot()');
    expect(server.shown(second)).toBe('success: nothing introduced: 2 races replayed');
    expect(server.state.checks.get(first)!.at(-1)!.target_url).toBe(
      'https://faultline.example.org/series/r1',
    );
  });

  it('wait, too, when the review was quicker than whoever tells of it', async () => {
    await posted();
    ledger.reviews.finish('r1', told(opens, quiet), now);
    await teller().round();
    expect(server.shown(first)).toBe('pending: waits for its review');
    const asked = server.state.requests.length;
    await teller().round();
    expect(server.state.requests.length).toBe(asked);
    now += 3_600_000;
    await teller().round();
    expect(server.shown(first)).toBe('fail: introduces unlocked-entry-path in claim_slot()');
  });

  it('are shown once, also when the note that they were was lost', async () => {
    await posted();
    ledger.checks.told = () => {
      throw new Error('the process ended');
    };
    await teller().round();
    ledger.close();
    ledger = openLedger(join(folder, 'mail.db'));
    for (let n = 0; n < 5; n++) await teller().round();
    expect(server.state.posts).toBe(2);
    const asked = server.state.requests.length;
    await teller().round();
    expect(server.state.requests.length).toBe(asked);
  });

  it('are no success where anything was not analysed, refused, given up or disputed', async () => {
    await posted();
    now += 3_600_000;
    const partly = {
      ...quiet,
      replays: [patch.replays[1]!, { ...patch.replays[0]!, after: 'not-analysed' as const }],
    };
    const absent = {
      ...quiet,
      replays: [
        patch.replays[1]!,
        { ...patch.replays[0]!, before: 'absent' as const, after: 'absent' as const },
      ],
    };
    const gap = { ...quiet, notAnalysed: patch.notAnalysed };
    const unjudged = { ...quiet, replays: [{ ...patch.replays[0]!, after: 'not-analysed' as const }] };
    const beyond = { file: 'fs/dax.c', function: 'f', modelled: false, why: 'no scenario executes it' };
    const outOfReach = { ...gap, touched: [beyond], replays: [] };
    const cases: [Outcome, RegExp][] = [
      [told(outOfReach), /^warning: not analysed: /],
      [told({ ...quiet, passing: ['a in f()'] }), /^warning: opens a in f\(\), closed by a later patch$/],
      [told(unjudged), /^warning: not analysed/],
      [told(partly), /^warning: nothing introduced: 1 race replayed; not analysed: 1$/],
      [told(gap), /^warning: nothing introduced: 2 races replayed; not analysed: 1$/],
      [told(absent), /^success: nothing introduced: 1 race replayed$/],
      [told(), /^warning: not analysed$/],
      [told({ ...opens, findings: [{ ...finding, status: 'unknown-origin' }] }), /^warning: of unknown/],
      [
        { outcome: 'refused', why: 'it does not apply\nanywhere' },
        /^warning: cannot be reviewed: it does not apply anywhere$/,
      ],
      [{ outcome: 'not-analysed', limit: 'time', why: 'more than 600 s' }, /^warning: not analysed \(time\)/],
    ];
    for (const [outcome, expected] of cases) {
      ledger.reviews.finish('r1', outcome, now);
      await teller().round();
      expect(
        server.shown(
          outcome.outcome === 'reviewed' && outcome.report.patches[0]?.messageId === second ? second : first,
        ),
      ).toMatch(expected);
      ledger.reviews.again('r1');
      now += 1000;
    }
    disputed.add(finding.id);
    ledger.reviews.finish('r1', told(opens, quiet), now);
    await teller().round();
    expect(server.shown(first)).toMatch(/^warning: .*disputed$/);
  });

  it('wait for a Patchwork that gets its mail later', async () => {
    server.state.patches = [];
    await posted();
    await teller().round();
    await teller().round();
    expect(server.state.requests).toHaveLength(2);
    server.state.patches = [first, second];
    now += 60_000;
    await teller().round();
    expect(server.shown(second)).toMatch(/^pending/);
  });

  it('are given up, and the log says so, when a Patchwork does not get its mail at all', async () => {
    server.state.patches = [first];
    await posted();
    for (let turn = 0; turn < 70; turn++) {
      await teller().round();
      now += 60_000;
    }
    expect(events).toEqual([
      ['checked', { review: 'r1', patchwork: 'linux-nvdimm', checks: 1 }],
      ['not in Patchwork', { review: 'r1', patchwork: 'linux-nvdimm', patches: 1 }],
    ]);
  });

  it('are tried again after a fault, and not before a Patchwork wants to be asked', async () => {
    await posted();
    server.state.down = { status: 503, headers: { 'retry-after': '300' } };
    const one = teller();
    await one.round();
    now += 200_000;
    await one.round();
    expect(server.state.requests).toHaveLength(1);
    server.state.down = undefined;
    now += 200_000;
    await one.round();
    expect(server.shown(first)).toMatch(/^pending/);
    expect(trouble).toEqual(['patchwork linux-nvdimm: it answered 503']);
  });

  it('are not shown for other lists, while the brake is pulled, or before somebody says "publish"', async () => {
    await posted();
    braked = true;
    await teller().round();
    braked = false;
    more = 'publish: false';
    await teller().round();
    expect(server.state.requests).toEqual([]);
    ledger.close();
    rmSync(join(folder, 'mail.db'));
    ledger = openLedger(join(folder, 'mail.db'));
    more = 'publish: true';
    await posted(['other@example.org']);
    await teller().round();
    expect(server.state.requests).toEqual([]);
  });

  it('end with the daemon: a Patchwork that does not answer holds nothing up, and nothing is written later', async () => {
    await posted();
    const asked: (() => void)[] = [];
    const find = () => new Promise<undefined>((resolve) => asked.push(() => resolve(undefined)));
    const one = teller(token, { find } as unknown as Patchwork);
    one.turn();
    await one.stop(20);
    ledger.close();
    asked[0]!();
    await new Promise(setImmediate);
    one.turn();
    await one.round();
    expect(asked).toHaveLength(1);
    expect(trouble).toEqual([]);
    ledger = openLedger(join(folder, 'mail.db'));
  });

  it('of a wrong token are told in one line that does not hold it', async () => {
    await posted();
    await teller('planted-wrong-token').round();
    expect(trouble).toEqual(['patchwork linux-nvdimm: it answered 401']);
    expect(server.state.posts).toBe(0);
  });
});
