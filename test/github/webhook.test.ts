import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHook } from '../../src/github/webhook.js';

const secret = 'planted secret';
const repository = { name: 'r', owner: { login: 'o' } };
const pull = { number: 7, draft: false, head: { sha: 'abc' }, user: { login: 'dev' } };

function delivered(event: string, payload: object | string, signedWith = secret) {
  const body = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));
  const signature = `sha256=${createHmac('sha256', signedWith).update(body).digest('hex')}`;
  return readHook({ headers: { 'x-github-event': event, 'x-hub-signature-256': signature }, body }, secret);
}

const comment = (body: string, more: object = {}) => ({
  action: 'created',
  repository,
  issue: { number: 7, pull_request: {}, user: { login: 'dev' } },
  comment: { id: 5, body, author_association: 'NONE', user: { login: 'dev', type: 'User' }, ...more },
});

describe('a webhook', () => {
  it('asks to look at a pull request that was opened, pushed to or closed', async () => {
    for (const action of ['opened', 'synchronize', 'reopened', 'ready_for_review', 'closed'])
      expect(await delivered('pull_request', { action, repository, pull_request: pull })).toEqual({
        kind: 'pull',
        pull: { owner: 'o', repo: 'r', number: 7 },
      });
  });

  it('tells of a push to a branch, and not of one that took the branch away', async () => {
    const push = { ref: 'refs/heads/next', before: 'a'.repeat(40), after: 'b'.repeat(40), repository };
    expect(await delivered('push', push)).toMatchObject({
      kind: 'push',
      branch: 'next',
      before: push.before,
    });
    expect((await delivered('push', { ...push, deleted: true })).kind).toBe('ignored');
    expect((await delivered('push', { ...push, ref: 'refs/tags/v1' })).kind).toBe('ignored');
  });

  it('of another event, or of nothing that can be read, asks for nothing', async () => {
    expect(
      (await delivered('pull_request', { action: 'labeled', repository, pull_request: pull })).kind,
    ).toBe('ignored');
    expect((await delivered('star', {})).kind).toBe('ignored');
    for (const payload of [
      'null',
      '7',
      '[]',
      '{"action":{},"pull_request":7,"comment":null}',
      '{"action":"opened","pull_request":{"number":-1.5}}',
    ])
      for (const event of ['pull_request', 'push', 'issue_comment', 'pull_request_review_comment'])
        expect((await delivered(event, payload)).kind).toBe('ignored');
  });

  it('that is not signed with the secret is refused before it is read', async () => {
    expect(await delivered('pull_request', { action: 'opened' }, 'another')).toEqual({
      kind: 'refused',
      why: 'the signature is wrong',
    });
    expect((await readHook({ headers: {}, body: Buffer.from('{}') }, secret)).kind).toBe('refused');
    expect(
      (await readHook({ headers: { 'x-hub-signature-256': 'sha256=' }, body: Buffer.from('{') }, secret))
        .kind,
    ).toBe('refused');
    expect((await delivered('pull_request', '{')).kind).toBe('refused');
    expect((await delivered('pull_request', 'x'.repeat(5_000_001))).kind).toBe('refused');
  });

  it('carries commands of the same grammar as mail, with how who wrote stands to the repository', async () => {
    expect(await delivered('issue_comment', comment('#faultline invalid: no'))).toMatchObject({
      kind: 'comment',
      comment: { id: 'issue/5', author: 'dev', standing: 'NONE' },
    });
    const beside = { ...comment('#faultline mute', { author_association: 'MEMBER' }), pull_request: pull };
    expect(await delivered('pull_request_review_comment', beside)).toMatchObject({
      kind: 'comment',
      comment: { id: 'line/5', standing: 'MEMBER' },
    });
    expect((await delivered('issue_comment', comment('> #faultline mute'))).kind).toBe('ignored');
    const edited = { ...comment('#faultline mute'), action: 'edited' };
    expect((await delivered('issue_comment', edited)).kind).toBe('ignored');
  });

  it('asks for our check again, whichever of its names it has, and for no other', async () => {
    const rerun = (name: unknown) =>
      delivered('check_run', {
        action: 'rerequested',
        repository,
        check_run: { name, head_sha: 'a'.repeat(40) },
        sender: { login: 'boss' },
      });
    for (const name of ['Faultline', 'Faultline (pull/8)', 'Faultline (push to next)'])
      expect(await rerun(name)).toMatchObject({ kind: 'rerun', author: 'boss' });
    for (const name of ['Faultlines', 'lint', { name: 'Faultline' }, null])
      expect((await rerun(name)).kind).toBe('ignored');
  });

  it('of a robot, ourselves included, starts nothing', async () => {
    expect(
      (
        await delivered(
          'issue_comment',
          comment('#faultline recheck', { user: { login: 'b[bot]', type: 'Bot' } }),
        )
      ).kind,
    ).toBe('ignored');
  });

  it('with anything in it is read or left, and nothing is thrown', async () => {
    const events = ['pull_request', 'push', 'issue_comment', 'pull_request_review_comment', 'star'];
    const names = [
      'action',
      'repository',
      'owner',
      'login',
      'name',
      'pull_request',
      'number',
      'issue',
      'comment',
    ];
    const more = [
      'id',
      'body',
      'user',
      'ref',
      'before',
      'author_association',
      'created_at',
      'type',
      'toString',
    ];
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('opened', 'created', 'refs/heads/x', 7)),
      tree: fc.oneof(
        { maxDepth: 4 },
        tie('leaf'),
        fc.dictionary(fc.constantFrom(...names, ...more), tie('tree'), { maxKeys: 6 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...events), tree, async (event, payload) => {
        const hook = await delivered(event, JSON.stringify(payload));
        if (hook.kind === 'pull' || hook.kind === 'comment') expect(hook.pull.number).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
