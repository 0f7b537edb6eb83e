import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { githubCommand } from '../../src/command/github.js';
import { stages } from '../../src/command/stages.js';
import { fakeHost, flags } from '../cli/host.js';
import { fakeGithub } from './fake-github.js';

const mbox = readFileSync('fixtures/no-second-lookup.mbox', 'utf8');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function reviewed(environment: Record<string, string>, more: object = {}, pull = 'o/r#7') {
  const github = await fakeGithub(mbox, [{ filename: 'fs/dax.c', patch: '@@ -283,17 +283,6 @@\n+x' }]);
  closing.push(github.close);
  const { host, output, said } = fakeHost(stages, { environment });
  const given = { ...flags({ race: ['dax-pmd-insert-race'] }), api: github.url, ...more };
  return { code: await githubCommand(pull, given, host), output: output(), said: said(), ...github };
}

describe('faultline github', () => {
  it('reviews a pull request and says nothing in it unless it is asked to', async () => {
    const { code, output, state } = await reviewed({ GITHUB_TOKEN: 'gh-planted-secret' });
    expect(code).toBe(1);
    expect(output).toContain('INTRODUCED  unlocked-entry-path in grab_mapping_entry()');
    expect(state.comments).toEqual([]);
    expect(output).not.toContain('planted');
  });

  it('puts one comment and a failed check into it', async () => {
    const { said, state } = await reviewed({ GITHUB_TOKEN: 'gh-planted-secret' }, { publish: true });
    expect(said).toContain('comment created');
    expect(state.comments[0]!.body).toContain('unlocked-entry-path');
    expect(state.checks).toMatchObject([{ conclusion: 'failure', output: { title: '1 introduced' } }]);
    expect(JSON.stringify([said, state.comments, state.checks])).not.toContain('planted');
  });

  it('says what is missing', async () => {
    expect(await reviewed({})).toMatchObject({ code: 2, said: expect.stringContaining('GITHUB_TOKEN') });
    const token = { GITHUB_TOKEN: 'x' };
    expect(await reviewed(token, {}, 'nonsense')).toMatchObject({ code: 2 });
    expect(await reviewed(token, {}, 'o/r#8')).toMatchObject({
      code: 3,
      said: expect.stringContaining('o/r#8'),
    });
  });
});
