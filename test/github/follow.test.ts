import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/finding/outcome.js';
import { finding, patch, reviewOf } from '../report/sample.js';
import { found, head, hunk, Stage } from './stage.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');
const clean: Outcome = {
  outcome: 'reviewed',
  report: reviewOf({ ...patch, findings: [], notAnalysed: [] }),
};
const at = (line: number): Outcome => ({
  outcome: 'reviewed',
  report: reviewOf({ ...patch, findings: [{ ...finding, location: { ...finding.location, line } }] }),
});

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open(mbox);
});
afterEach(() => stage.end());

describe('a daemon that follows a forge', () => {
  it('reviews a pull request on the queue of mail and says once what came of it', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const { state } = stage.github;
    expect(stage.said()[0]).toContain('unlocked-entry-path');
    expect(state.lineComments).toMatchObject([{ path: 'fs/dax.c', line: 91, side: 'RIGHT' }]);
    expect(state.checks).toMatchObject([{ conclusion: 'failure', head_sha: head('a') }]);
    expect(stage.ledger.reviews.backlog()).toMatchObject({ due: 0, queued: 0, done: 1 });
    expect(stage.ledger.reviews.unanswered(10)).toEqual([]);
  });

  it('leaves one comment after fifty redeliveries, half of them under new ids, and restarts between', async () => {
    for (let n = 0; n < 50; n++) {
      const taken = await stage.pushed(n % 2 === 0 ? 'same' : `new-${n}`, 'opened');
      expect(taken.word).toBe(n > 0 && n % 2 === 0 ? 'known' : 'taken');
      if (n % 10 === 9) stage.restart();
      await stage.turn(found);
    }
    const { state } = stage.github;
    expect(stage.said()).toHaveLength(1);
    expect(state.lineComments).toHaveLength(1);
    expect(state.checks).toHaveLength(1);
    expect(state.reviews).toBe(1);
    expect(stage.ledger.reviews.backlog().done).toBe(1);
  });

  it('says nothing twice when it ends between saying and noting that it did', async () => {
    await stage.pushed('first');
    const { proposals } = stage.ledger;
    proposals.said = () => {
      throw new Error('the process ended');
    };
    await stage.turn(found);
    expect(stage.said()).toHaveLength(1);
    stage.restart();
    stage.now += 120_000;
    await stage.turn();
    expect(stage.told.at(-1)).toContain('comment unchanged');
    expect(stage.said()).toHaveLength(1);
    expect(stage.github.state.lineComments).toHaveLength(1);
    expect(stage.github.state.checks).toHaveLength(1);
  });

  it('does not believe webhooks that overtake each other, but asks what stands there', async () => {
    const { state } = stage.github;
    state.headSha = head('b');
    // The older push is told after the newer one, and the opening last.
    await stage.deliver(
      'pull_request',
      { action: 'synchronize', pull_request: { number: 7, head: { sha: head('b') } } },
      'x2',
    );
    await stage.turn(found);
    await stage.deliver(
      'pull_request',
      { action: 'synchronize', pull_request: { number: 7, head: { sha: head('a') } } },
      'x1',
    );
    await stage.deliver(
      'pull_request',
      { action: 'opened', pull_request: { number: 7, head: { sha: head('a') } } },
      'x0',
    );
    await stage.turn(found);
    expect(state.checks.map(({ head_sha }) => head_sha)).toEqual([head('b')]);
    expect(stage.said()).toHaveLength(1);
  });

  it('moves comments beside lines with a force-push, and keeps one on the whole', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const { state } = stage.github;
    state.headSha = head('b');
    state.files = [{ filename: 'fs/dax.c', patch: hunk(200) }];
    await stage.pushed('second');
    await stage.turn(at(201));
    expect(state.lineComments).toMatchObject([{ line: 201 }]);
    expect(stage.said()).toHaveLength(1);
    state.headSha = head('c');
    await stage.pushed('third');
    await stage.turn(clean);
    expect(state.lineComments).toEqual([]);
    expect(stage.said()[0]).toContain('Nothing introduced');
    expect(state.checks.map(({ conclusion }) => conclusion)).toEqual(['failure', 'failure', 'success']);
  });

  it('drops the review of what was replaced while it waited', async () => {
    await stage.pushed('first');
    await stage.turn();
    stage.github.state.headSha = head('b');
    await stage.pushed('second');
    await stage.turn();
    expect(stage.ledger.reviews.backlog()).toMatchObject({ queued: 1, superseded: 1 });
    await stage.turn(found);
    expect(stage.github.state.checks.map(({ head_sha }) => head_sha)).toEqual([head('b')]);
  });

  it('says nothing of a head that moved on while its review ran', async () => {
    await stage.pushed('first');
    await stage.turn();
    await stage.turn();
    stage.github.state.headSha = head('b');
    await stage.turn(found);
    expect(stage.said()).toEqual([]);
    await stage.turn(found);
    expect(stage.github.state.checks.map(({ head_sha }) => head_sha)).toEqual([head('b')]);
  });

  it('finds by polling what webhooks missed: pushes, closings and comments', async () => {
    const { state } = stage.github;
    await stage.turn(found);
    expect(stage.said()).toHaveLength(1);
    const before = state.requests.length;
    stage.now += 300_000;
    await stage.turn();
    // The list of pull requests that has not changed (304), and the branch.
    expect(state.requests.slice(before)).toEqual(['GET /repos/o/r/pulls', 'GET /repos/o/r/branches/next']);
    state.comments.push({ id: 77, body: '#faultline mute', user: { login: 'dev', type: 'User' } });
    state.updatedAt = '2026-01-01T00:10:00Z';
    stage.now += 300_000;
    await stage.turn();
    expect(stage.told).toContain('heard mute');
    state.open = false;
    stage.now += 300_000;
    await stage.turn();
    expect(stage.ledger.proposals.get({ repo: 'o/r', name: 'pull/7' })?.closed).toBe(true);
  });

  it('leaves alone what lay there long before it came', async () => {
    stage.github.state.updatedAt = '2025-06-01T00:00:00Z';
    await stage.turn(found);
    expect(stage.said()).toEqual([]);
    expect(stage.ledger.reviews.backlog().done).toBe(0);
  });

  it('shows a push as a check on its last commit, and only what came after it was first seen', async () => {
    const { state } = stage.github;
    state.updatedAt = '2025-06-01T00:00:00Z';
    await stage.turn(found);
    expect(state.checks).toEqual([]);
    state.branch = head('e');
    await stage.deliver('push', { ref: 'refs/heads/next', before: head('d'), after: head('e') }, 'push');
    await stage.turn(found);
    expect(state.checks).toMatchObject([{ head_sha: head('e'), conclusion: 'failure' }]);
    expect(state.comments).toEqual([]);
    expect((await stage.deliver('push', { ref: 'refs/heads/other' }, 'other')).word).toMatch(/^not a/);
  });

  it('shows pushes of one commit to two branches apart: more may have come with one of them', async () => {
    const { state } = stage.github;
    stage.config = stage.configured('publish: true, pushes: [next, topic]');
    state.updatedAt = '2025-06-01T00:00:00Z';
    await stage.turn();
    await stage.turn();
    state.branch = head('e');
    for (const branch of ['next', 'topic']) {
      const push = { ref: `refs/heads/${branch}`, before: head('d'), after: head('e') };
      await stage.deliver('push', push, branch);
      await stage.turn(branch === 'next' ? found : clean);
    }
    expect(state.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Faultline (push to next)', 'failure'],
      ['Faultline (push to topic)', 'success'],
    ]);
  });

  it('says of a push that it cannot be reviewed where nobody knows what came with it', async () => {
    const { state } = stage.github;
    state.updatedAt = '2025-06-01T00:00:00Z';
    await stage.turn();
    state.branch = head('e');
    state.comparable = false;
    await stage.deliver('push', { ref: 'refs/heads/next', before: head('d'), after: head('e') }, 'push');
    await stage.turn(found);
    expect(state.checks).toMatchObject([{ head_sha: head('e'), conclusion: 'neutral' }]);
    expect(JSON.stringify(state.checks)).toContain('the forge cannot compare it with dddddddddddd');
  });

  it('calls nothing clean of which a merge or a forged commit message hides a part', async () => {
    const { state } = stage.github;
    const fake = 'From 0123 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.org>\nSubject: [PATCH 2/2] undo\n\n---\n';
    state.patch = mbox.replace('\n---\n', `\n\n${fake}\n---\n`);
    await stage.pushed('first');
    await stage.turn(clean);
    expect(state.checks).toMatchObject([{ conclusion: 'neutral', output: { title: 'cannot be reviewed' } }]);
  });

  it('says nothing where publishing is off, and nothing while the brake is pulled', async () => {
    stage.letters.outbox.trip('a test', stage.now);
    await stage.pushed('first');
    await stage.turn(found);
    expect(stage.said()).toEqual([]);
    stage.letters.outbox.release(stage.now);
    await stage.turn();
    expect(stage.said()).toHaveLength(1);
    stage.config = stage.configured('publish: false');
    stage.github.state.headSha = head('b');
    await stage.pushed('second');
    await stage.turn(found);
    expect(stage.told.at(-1)).toBe('told silent: publishing is off');
    expect(stage.github.state.checks).toHaveLength(1);
  });
});
