import { createHmac } from 'node:crypto';
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
  comment: { body, author_association: 'NONE', user: { login: 'dev', type: 'User' }, ...more },
});

describe('a webhook', () => {
  it('asks for a review when a pull request is opened or pushed to', async () => {
    for (const action of ['opened', 'synchronize', 'reopened', 'ready_for_review'])
      expect(await delivered('pull_request', { action, repository, pull_request: pull })).toEqual({
        kind: 'review',
        pull: { owner: 'o', repo: 'r', number: 7 },
        headSha: 'abc',
      });
  });

  it('of a draft, a closed one or another event asks for nothing', async () => {
    expect(
      (
        await delivered('pull_request', {
          action: 'opened',
          repository,
          pull_request: { ...pull, draft: true },
        })
      ).kind,
    ).toBe('ignored');
    expect((await delivered('pull_request', { action: 'closed', repository, pull_request: pull })).kind).toBe(
      'ignored',
    );
    expect((await delivered('star', {})).kind).toBe('ignored');
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

  it('carries commands of the same grammar as mail, with the rights of who wrote', async () => {
    expect(await delivered('issue_comment', comment('#faultline invalid: no'))).toMatchObject({
      kind: 'command',
      mayCommand: true,
    });
    const stranger = { user: { login: 'x', type: 'User' } };
    expect(await delivered('issue_comment', comment('#faultline mute', stranger))).toMatchObject({
      mayCommand: false,
    });
    expect(
      await delivered(
        'issue_comment',
        comment('#faultline mute', { ...stranger, author_association: 'MEMBER' }),
      ),
    ).toMatchObject({ mayCommand: true });
    expect((await delivered('issue_comment', comment('> #faultline mute'))).kind).toBe('ignored');
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
});
