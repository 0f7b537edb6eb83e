import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ingest } from '../../src/intake/ingest.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { Box } from '../job/posts.js';
import { finding } from '../report/sample.js';
import { found, head, Stage } from './stage.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open(mbox);
});
afterEach(() => stage.end());

describe('a command in a comment', () => {
  it('mutes: a comment that was deleted does not come back', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const { state } = stage.github;
    await stage.comment('#faultline mute', 'dev');
    state.comments = state.comments.filter(({ user }) => user.login !== state.login);
    await stage.turn();
    state.headSha = head('b');
    await stage.pushed('second');
    await stage.turn(found);
    stage.restart();
    await stage.turn(found);
    expect(stage.said()).toEqual([]);
    expect(state.lineComments).toEqual([]);
    expect(state.checks.map(({ head_sha }) => head_sha)).toEqual([head('a'), head('b')]);
    expect(state.reactions).toMatchObject([{ content: '+1' }]);
  });

  it('of a stranger is refused, and of a maintainer it is done', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    await stage.comment('#faultline invalid: no', 'stranger');
    await stage.turn();
    expect(stage.github.state.reactions).toMatchObject([{ content: 'confused' }]);
    expect(stage.said()[0]).toContain('Not done: invalid (stranger): only the author');
    expect(stage.letters.objections.disputes()).toEqual([]);
    await stage.comment('#faultline invalid: the lock is held', 'maintainer', 'MEMBER');
    await stage.turn();
    expect(stage.letters.objections.disputes()).toMatchObject([
      { who: 'maintainer@github', kind: 'invalid', finding: `o/r pull/7 ${finding.id}` },
    ]);
    expect(stage.said()[0]).toContain('not shown: 1 introduced');
    expect(stage.github.state.lineComments).toEqual([]);
    expect(stage.github.state.checks).toMatchObject([{ conclusion: 'neutral' }]);
  });

  it('that comes with the pull request, or before it, is done once that was looked at', async () => {
    await stage.comment('#faultline explain', 'dev');
    await stage.pushed('first', 'opened');
    stage.github.state.down = { status: 401 };
    await stage.turn();
    expect(stage.github.state.reactions).toEqual([]);
    stage.github.state.down = undefined;
    stage.now += 600_000;
    await stage.turn(found);
    expect(stage.told.filter((each) => each === 'heard explain')).toHaveLength(1);
    expect(stage.github.state.reactions).toMatchObject([{ content: '+1' }]);
    expect(stage.ledger.proposals.get({ repo: 'o/r', name: 'pull/7' })).toMatchObject({ explain: true });
  });

  it('on what nobody had heard of has it looked at, and is done then', async () => {
    stage.github.state.updatedAt = '2025-06-01T00:00:00Z';
    await stage.comment('#faultline explain', 'dev');
    await stage.turn();
    await stage.turn(found);
    expect(stage.told.filter((each) => each === 'heard explain')).toHaveLength(1);
    expect(stage.said()).toHaveLength(1);
  });

  it('on a draft, of which there is no review, is answered as not done', async () => {
    stage.github.state.draft = true;
    await stage.comment('#faultline explain', 'dev');
    await stage.turn();
    await stage.turn();
    expect(stage.told).toContain('heard nothing: there is no review here');
    expect(stage.github.state.reactions).toMatchObject([{ content: 'confused' }]);
  });

  it('is done once, whichever way and however often it comes', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    await stage.comment('#faultline recheck', 'dev');
    await stage.turn(found);
    const planned = stage.told.filter((each) => each === 'recorded').length;
    stage.restart();
    stage.github.state.updatedAt = '2026-01-01T00:10:00Z';
    stage.now += 300_000;
    await stage.turn(found);
    expect(stage.told.filter((each) => each === 'heard recheck')).toHaveLength(1);
    expect(stage.told.filter((each) => each === 'recorded')).toHaveLength(planned);
    expect(stage.said()).toHaveLength(1);
  });

  it('may be the button beside our check, and no other', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const rerun = (id: string, name: string) =>
      stage.deliver(
        'check_run',
        { action: 'rerequested', check_run: { name, head_sha: head('a') }, sender: { login: 'boss' } },
        id,
      );
    expect((await rerun('r-1', 'Another')).word).toMatch(/^nobody/);
    expect((await rerun('r-2', 'Faultline')).word).toBe('taken');
    expect((await rerun('r-2', 'Faultline')).word).toBe('known');
    await stage.turn(found);
    expect(stage.told.filter((each) => each === 'heard recheck')).toHaveLength(1);
    expect(stage.told.filter((each) => each === 'recorded')).toHaveLength(2);
    expect(stage.said()).toHaveLength(1);
    expect(stage.github.state.reactions).toEqual([]);
  });

  it('may be the button where two proposals stand at one commit: both are looked at again', async () => {
    await stage.comes();
    stage.github.state.branch = head('a');
    await stage.deliver('push', { ref: 'refs/heads/next', before: head('d'), after: head('a') }, 'push');
    await stage.turn(found);
    expect(stage.github.state.checks.map(({ name }) => name)).toEqual([
      'Faultline',
      'Faultline (push to next)',
    ]);
    const check_run = { name: 'Faultline', head_sha: head('a') };
    await stage.deliver('check_run', { action: 'rerequested', check_run, sender: { login: 'boss' } }, 'r');
    await stage.turn(found);
    expect(stage.told.filter((each) => each === 'heard recheck')).toHaveLength(2);
    expect(stage.told.filter((each) => each === 'recorded')).toHaveLength(4);
  });

  it('to look again is not done while the first look has not ended, and that is told', async () => {
    await stage.pushed('first', 'opened');
    await stage.turn();
    await stage.comment('#faultline recheck', 'dev');
    await stage.turn(found);
    expect(stage.github.state.reactions).toMatchObject([{ content: 'confused' }]);
    expect(stage.said()[0]).toContain('Not done: recheck (dev): its review has not ended yet');
    expect(stage.told.filter((each) => each === 'recorded')).toHaveLength(1);
  });

  it('is done wherever in a long comment it stands', async () => {
    await stage.comes();
    await stage.comment(`${'why\n'.repeat(15_000)}#faultline explain`, 'dev');
    await stage.turn();
    expect(stage.told).toContain('heard explain');
    expect(stage.github.state.reactions).toMatchObject([{ content: '+1' }]);
  });

  it('shows everything, in the same comment, when somebody asks for it', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const before = stage.said()[0]!.length;
    await stage.comment('#faultline explain', 'anybody');
    await stage.turn();
    expect(stage.said()).toHaveLength(1);
    expect(stage.said()[0]!.length).toBeGreaterThan(before);
  });

  it('that there is none of is told, with those that there are', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    await stage.comment('#faultline dance @everybody', 'dev');
    await stage.turn();
    expect(stage.said()[0]).toMatch(/Not done: dance \(dev\): there are invalid, .*unsubscribe/);
    expect(stage.said()[0]).not.toContain('@everybody');
  });
});

describe('the same patch on a list and on a forge', () => {
  it('is linked both ways, also when the mail comes after the comment', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    expect(stage.said()[0]).not.toContain('mailing list');
    const box = new Box();
    const head = 'Message-ID: <20170412.3-dev@example.org>\nList-Id: <nvdimm.lists.linux.dev>\n';
    const mail = mbox.slice(mbox.indexOf('\n') + 1).replace(/^Message-I[dD]:.*\n/m, '');
    box.waiting.push(Buffer.from(head + mail));
    await ingest(box, stage.ledger.store);
    for (let n = 0; n < 5; n++) await stage.turn(found);
    const [mailed] = stage.ledger.reviews.unanswered(5);
    expect(stage.ledger.samePatch.proposalsLike(mailed!, 5)).toEqual([{ repo: 'o/r', name: 'pull/7' }]);
    expect(stage.said()).toHaveLength(1);
    expect(stage.said()[0]).toContain('https://lore.kernel.org/r/20170412.3-dev@example.org');
    let said = '';
    const { ledger, letters, config, now } = stage;
    const onAnswer = (_: string, answer: string) => {
      said = answer;
    };
    await answerDue({ ledger, letters, config, nowMs: now, onAnswer, onTrouble: console.error });
    const answer = stage.letters.outbox.find(said.replace('held: ', ''))!.bytes.toString();
    expect(answer).toContain('The same patch is a pull request:\n  https://github.com/o/r/pull/7\n');
  });

  it('is not linked with a mail that came in private', async () => {
    await stage.comes();
    expect(stage.said()).toHaveLength(1);
    const box = new Box();
    const mail = mbox.slice(mbox.indexOf('\n') + 1).replace(/^(?:Message-I[dD]|To|Cc|List-Id):.*\n/gm, '');
    box.waiting.push(Buffer.from(`Message-ID: <private@example.org>\nTo: bot@example.org\n${mail}`));
    await ingest(box, stage.ledger.store);
    for (let n = 0; n < 5; n++) await stage.turn(found);
    expect(stage.ledger.reviews.withMail('private@example.org')).toHaveLength(1);
    expect(stage.said()[0]).not.toContain('private@example.org');
  });
});
