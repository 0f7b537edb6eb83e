import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Replay } from '../../src/finding/replay.js';
import type { PatchReview, Review } from '../../src/finding/review.js';
import { putCheckRun } from '../../src/github/check-run.js';
import { openForge } from '../../src/github/forge.js';
import { linesOf } from '../../src/github/line-comments.js';
import { poll } from '../../src/github/poll.js';
import { publish } from '../../src/github/publish.js';
import { parsePullName, readPull, readSeries } from '../../src/github/pull.js';
import { fitted } from '../../src/github/sticky.js';
import { readMessages } from '../../src/mail/read.js';
import { finding, patch, review, reviewOf } from '../report/sample.js';
import { fakeGithub } from './fake-github.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');
const hunk = (line: number) => `@@ -${line},3 +${line},3 @@ f\n a\n-b\n+c\n d`;
const name = { owner: 'o', repo: 'r', number: 7 };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function world(paced = false) {
  const github = await fakeGithub(mbox, [{ filename: 'fs/dax.c', patch: hunk(90) }]);
  closing.push(github.close);
  const forge = await openForge({ token: 'gh-planted-secret' }, { baseUrl: github.url, paced });
  const say = async (of: Review = review, more: { muted?: boolean; links?: string[] } = {}) =>
    publish(forge, await readPull(forge, name), of, { muted: false, links: [], ...more });
  return { ...github, forge, say };
}

const clean = reviewOf({ ...patch, findings: [], notAnalysed: [] });

describe('a pull request', () => {
  it('is named as people name it', () => {
    expect(parsePullName('o/r#7')).toEqual(name);
    expect(parsePullName('https://github.com/o/r/pull/7/files')).toEqual(name);
    for (const other of ['o/r', 'o/r#x', 'https://x.org/o/r/issues/7', '../../x#1 '])
      expect(parsePullName(other)).toBeUndefined();
  });

  it('becomes a series like any mail', async () => {
    const { forge } = await world();
    const read = await readMessages(await readSeries(forge, name));
    expect('messages' in read && read.messages[0]!.subject).toContain('drop the second lookup');
  });
});

describe('a review in a pull request', () => {
  it('is one comment, however often it is delivered', async () => {
    const { state, say } = await world();
    expect(await say()).toEqual({ comment: 'created', noCheck: null });
    for (let n = 0; n < 49; n++) expect((await say()).comment).toBe('unchanged');
    expect(state.comments).toHaveLength(1);
    expect(state.lineComments).toHaveLength(1);
    expect(state.checks).toHaveLength(1);
    expect(state.reviews).toBe(1);
  });

  it('finds its comment among hundreds, and leaves those of others alone', async () => {
    const { state, say } = await world();
    state.pageSize = 10;
    for (let n = 0; n < 35; n++)
      state.comments.push({
        id: 1000 + n,
        body: '<!-- faultline: the review of this pull request -->\nno',
        user: { login: 'dev', type: 'User' },
      });
    await say();
    expect((await say(clean)).comment).toBe('updated');
    expect(state.comments).toHaveLength(36);
    expect(state.comments.filter(({ body }) => body.includes('Nothing introduced'))).toHaveLength(1);
  });

  it('stands beside the line that opens a race, and moves with it', async () => {
    const { state, say } = await world();
    await say();
    expect(state.lineComments).toMatchObject([{ path: 'fs/dax.c', line: 91, side: 'RIGHT' }]);
    state.files = [{ filename: 'fs/dax.c', patch: hunk(200) }];
    state.headSha = 'b'.repeat(40);
    await say(
      reviewOf({ ...patch, findings: [{ ...finding, location: { ...finding.location, line: 201 } }] }),
    );
    expect(state.lineComments).toMatchObject([{ line: 201 }]);
    expect(state.checks.map(({ head_sha }) => head_sha[0])).toEqual(['a', 'b']);
  });

  it('has no comment beside a line that the pull request does not change', async () => {
    const { state, say } = await world();
    await say(
      reviewOf({ ...patch, findings: [{ ...finding, location: { ...finding.location, line: 92 } }] }),
    );
    expect(state.lineComments).toEqual([]);
    expect(state.comments).toHaveLength(1);
  });

  it('is quiet when nothing was found, and takes back what was', async () => {
    const { state, say } = await world();
    expect((await say(clean)).comment).toBe('absent');
    expect(state.checks).toMatchObject([{ conclusion: 'success' }]);
    await say();
    expect((await say(clean)).comment).toBe('updated');
    expect(state.lineComments).toEqual([]);
  });

  it('does not come back after it was deleted and muted', async () => {
    const { state, say } = await world();
    await say();
    state.comments.splice(0);
    expect((await say(review, { muted: true })).comment).toBe('absent');
    expect(state.comments).toEqual([]);
    expect(state.lineComments).toEqual([]);
  });

  it('has a check of its own where another proposal stands at the same commit', async () => {
    const { state, say, forge } = await world();
    const head = { owner: 'o', repo: 'r', headSha: 'a'.repeat(40) };
    const put = (proposal: string, title: string, conclusion: 'failure' | 'success' | 'neutral') =>
      putCheckRun(forge, { ...head, proposal }, { conclusion, title, summary: '', annotations: [] });
    for (let n = 0; n < 2; n++) {
      await say();
      await put('pull/8', 'fine', 'success');
      await put(`push/${head.headSha}/next`, 'unknown', 'neutral');
    }
    expect(state.checks.map(({ name, external_id, conclusion }) => [name, external_id, conclusion])).toEqual([
      ['Faultline', 'pull/7', 'failure'],
      ['Faultline (pull/8)', 'pull/8', 'success'],
      ['Faultline (push to next)', `push/${head.headSha}/next`, 'neutral'],
    ]);
  });

  it('is not mistaken for the check of another App', async () => {
    const { state, say } = await world();
    const theirs = { id: 900, head_sha: state.headSha, name: 'Other', external_id: 'pull/7' };
    state.checks.push({ ...theirs, conclusion: 'success', output: { title: 'theirs', annotations: [] } });
    await say();
    expect(state.checks.map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['Other', 'success'],
      ['Faultline', 'failure'],
    ]);
  });

  it('is never a success where something was not analysed', async () => {
    const { state, say } = await world();
    await say(
      reviewOf({ ...patch, findings: [], replays: [{ ...patch.replays[0]!, after: 'not-analysed' }] }),
    );
    expect(state.checks).toMatchObject([{ conclusion: 'neutral', output: { title: 'not analysed' } }]);
    await say(reviewOf({ ...patch, touched: [], replays: [], findings: [] }));
    expect(state.checks).toMatchObject([{ conclusion: 'neutral' }]);
  });

  it('is never a bare success where a race or a function was left out', async () => {
    const { state, say } = await world();
    const [one, other] = patch.replays as [Replay, Replay];
    const held: Replay = { ...one, after: 'holds' };
    const title = async (more: Partial<PatchReview>) => {
      await say(reviewOf({ ...patch, findings: [], replays: [held, other], notAnalysed: [], ...more }));
      return [state.checks[0]!.conclusion, state.checks[0]!.output.title];
    };
    expect(await title({})).toEqual(['success', 'nothing introduced: 2 races replayed']);
    expect(await title({ replays: [held, { ...other, after: 'not-analysed' }] })).toEqual([
      'neutral',
      'nothing introduced: 1 race replayed; not analysed: 1',
    ]);
    expect(await title({ notAnalysed: patch.notAnalysed })).toEqual([
      'neutral',
      'nothing introduced: 2 races replayed; not analysed: 1',
    ]);
  });

  it('does without a check where it may not make one', async () => {
    const { state, say } = await world();
    state.refuseCheck = 403;
    expect(await say()).toEqual({ comment: 'created', noCheck: 'only a GitHub App may make check runs' });
    state.refuseCheck = 422;
    expect((await say()).noCheck).toBe('the forge refuses the check (422)');
  });

  it('links to the list', async () => {
    const { state, say } = await world();
    await say(review, { links: ['https://lore.kernel.org/r/x@y'] });
    expect(state.comments[0]!.body).toContain('mailing list: <https://lore.kernel.org/r/x@y>');
  });

  it('waits as it is told to, and tries again after a fault', async () => {
    const { state, say } = await world(true);
    state.troubles = [{ status: 502 }, { status: 403, headers: { 'retry-after': '1' } }];
    expect((await say()).comment).toBe('created');
    expect(state.comments).toHaveLength(1);
  });

  it('holds no token', async () => {
    const { state, say } = await world();
    await say();
    expect([...state.tokens]).toEqual(['token gh-planted-secret']);
    expect(JSON.stringify([state.comments, state.lineComments, state.checks])).not.toContain('planted');
  });
});

describe('polling', () => {
  it('tells what moved, once, and asks for no page that has not changed', async () => {
    const { forge, state } = await world();
    const first = await poll(forge, name, { etag: null, heads: {} });
    const changedMs = Date.parse(state.updatedAt);
    expect(first.moved).toEqual([{ pull: name, headSha: 'a'.repeat(40), changedMs }]);
    const before = state.requests.length;
    expect((await poll(forge, name, first.cursor)).moved).toEqual([]);
    expect(state.requests.length - before).toBe(1);
    state.headSha = 'c'.repeat(40);
    expect((await poll(forge, name, first.cursor)).moved).toMatchObject([{ headSha: 'c'.repeat(40) }]);
  });
});

describe('text for a forge', () => {
  it('is cut with its fences closed', () => {
    const cut = fitted(`\`\`\`text\n${'x'.repeat(200)}`, 100);
    expect(cut.match(/^```/gm)).toHaveLength(2);
    expect(cut).toContain('does not fit');
  });

  it('knows which lines a hunk changes', () => {
    expect(linesOf('@@ -10,3 +10,4 @@\n a\n-b\n+c\n+d\n e\n\\ No newline at end of file')).toEqual({
      right: new Set([11, 12]),
      left: new Set([11]),
    });
    expect(linesOf('')).toEqual({ right: new Set(), left: new Set() });
  });
});
