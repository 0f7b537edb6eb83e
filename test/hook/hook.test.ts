import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeHooks } from '../../src/hook/install.js';

const quiet = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

/** A repository, and a program in Faultline's place that ends with the code that the patch's subject names. */
function repository() {
  const folder = mkdtempSync(join(tmpdir(), 'faultline hook '));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@x.org', '-C', folder, ...args], {
      env: quiet,
      encoding: 'utf8',
    });
  git('init', '-q', '-b', 'main');
  writeFileSync(
    join(folder, 'standin.sh'),
    '#!/bin/sh\nexit $(cat "$2" | sed -n "s/^Subject:.*ends with //p" | head -n 1)\n',
  );
  chmodSync(join(folder, 'standin.sh'), 0o755);
  const commit = (subject: string) => git('commit', '-q', '--allow-empty', '-m', subject);
  const change = (subject: string) => {
    writeFileSync(join(folder, 'file'), subject);
    git('add', 'file');
    commit(subject);
  };
  const install = () => changeHooks('install', folder, [join(folder, 'standin.sh')]);
  return { folder, git, change, install };
}

/** Without a `faultline` on the path, so that the hook falls back on how it was installed. */
const run = (folder: string, hook: string, args: string[], input = '') =>
  spawnSync(join(folder, '.git', 'hooks', hook), args, {
    cwd: folder,
    env: { ...quiet, PATH: '/usr/bin:/bin' },
    input,
    encoding: 'utf8',
  });

describe('the hook of git send-email', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['3', 0],
    ['70', 0],
  ])('lets a mail go unless its review opens something (review: %s)', async (code, status) => {
    const { folder, install } = repository();
    expect(await install()).toHaveLength(2);
    writeFileSync(join(folder, 'a mail'), `Subject: [PATCH] ends with ${code}\n\n`);
    const done = run(folder, 'sendemail-validate', ['a mail']);
    expect(done.status).toBe(status);
    expect(done.stderr).toContain(status === 1 ? 'git send-email --no-validate' : '');
  });
});

describe('the hook of git push', () => {
  const zeros = '0'.repeat(40);

  it('reviews what the remote does not have', async () => {
    const { folder, git, change, install } = repository();
    await install();
    writeFileSync(
      join(folder, 'standin.sh'),
      '#!/bin/sh\ngrep -q "^Subject:.*ends with 1"\n[ $? -ne 0 ] || exit 1\nexit 0\n',
    );
    change('first, ends with 1');
    const first = git('rev-parse', 'HEAD').trim();
    change('second');
    const second = git('rev-parse', 'HEAD').trim();
    expect(
      run(folder, 'pre-push', ['origin', 'url'], `refs/heads/main ${second} refs/heads/main ${zeros}\n`)
        .status,
    ).toBe(1);
    expect(
      run(folder, 'pre-push', ['origin', 'url'], `refs/heads/main ${second} refs/heads/main ${first}\n`)
        .status,
    ).toBe(0);
    expect(
      run(folder, 'pre-push', ['origin', 'url'], `(delete) ${zeros} refs/heads/main ${first}\n`).status,
    ).toBe(0);
  });
});

describe('installing', () => {
  it('touches no hook of somebody else', async () => {
    const { folder, install } = repository();
    mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
    writeFileSync(join(folder, '.git', 'hooks', 'pre-push'), '#!/bin/sh\n');
    expect(await install()).toMatchObject({ exit: 2, problem: expect.stringContaining('not ours') });
    expect(existsSync(join(folder, '.git', 'hooks', 'sendemail-validate'))).toBe(false);
    expect(await changeHooks('remove', folder, [])).toMatchObject([
      { outcome: 'absent' },
      { outcome: 'absent' },
    ]);
    expect(readFileSync(join(folder, '.git', 'hooks', 'pre-push'), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('can be done again and undone', async () => {
    const { folder, install } = repository();
    await install();
    await install();
    expect(await changeHooks('remove', folder, [])).toMatchObject([
      { outcome: 'removed' },
      { outcome: 'removed' },
    ]);
    expect(existsSync(join(folder, '.git', 'hooks', 'pre-push'))).toBe(false);
  });

  it('outside of a repository says so', async () => {
    expect(await changeHooks('install', mkdtempSync(join(tmpdir(), 'no-git-')), [])).toMatchObject({
      exit: 2,
    });
  });
});
