import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPatch } from './apply-patch.js';
import { patchOf } from './plain-message.js';
import { gitIn, scratchFolder, sourceWith, treeAt, writeTree } from './scratch.js';

const scratch = scratchFolder();
const file = 'fs/dax.c';
const folder = join(scratch, 'kernel');

function commit(text: string): string {
  writeTree(folder, { [file]: text });
  gitIn(folder, 'add', '-A');
  gitIn(folder, 'commit', '-qm', 'dax: step');
  return gitIn(folder, 'rev-parse', 'HEAD').trim();
}

writeTree(folder, { [file]: sourceWith('return 1;') });
gitIn(folder, 'init', '-q');
const first = commit(sourceWith('return 1;'));
gitIn(folder, 'tag', 'v1');
gitIn(folder, 'checkout', '-qb', 'topic');
const topic = commit(sourceWith('return topic();'));
gitIn(folder, 'tag', 'topic-1');
const topicNext = commit(sourceWith('return topic_next();'));
gitIn(folder, 'checkout', '-q', 'main');
commit(sourceWith('return 2;'));
const last = commit(sourceWith('return 3;').replace('after_3', 'other'));

function diff(from: string, to: string, ...options: string[]): string {
  return gitIn(folder, 'diff', ...options, from, to);
}

describe('a patch on a git repository', () => {
  it('finds the exact file by the blob of its index line, on whatever branch', async () => {
    const change = await applyPatch(patchOf(diff(topic, topicNext)), await treeAt(folder));
    expect(change.why).toBeUndefined();
    expect(change.base).toMatchObject({ method: 'blob', exact: true, commit: topic });
    expect(change.after.get(file)).toBe(sourceWith('return topic_next();'));
  });

  it('takes abbreviated and full blob ids', async () => {
    for (const option of ['--abbrev=5', '--full-index']) {
      const change = await applyPatch(patchOf(diff(topic, topicNext, option)), await treeAt(folder));
      expect(change.base.method).toBe('blob');
    }
  });

  it('believes a blob only by its hash: a wrong id is not found', async () => {
    const text = diff(topic, topicNext).replace(/^index [0-9a-f]{7}/m, 'index 1234567');
    const change = await applyPatch(patchOf(text), await treeAt(folder));
    expect(change.base.tries[0]).toMatchObject({
      method: 'blob',
      outcome: `${file}: the repository has no blob 1234567`,
    });
    expect(change.base).toMatchObject({ method: 'applies', exact: false });
  });

  it('goes to the base commit when there is no index line', async () => {
    const text = diff(first, topic).replace(/^index .*\n/m, '');
    const change = await applyPatch(
      patchOf(`${text}-- \n2.39.5\n\nbase-commit: ${first}\n`),
      await treeAt(folder),
    );
    expect(change.base).toMatchObject({ method: 'base-commit', commit: first, at: first });
  });

  /** A history with a commit on each of these days. */
  function history(name: string, days: [string, Record<string, string>][]): string[] {
    const where = join(scratch, name);
    writeTree(where, {});
    gitIn(scratch, 'init', '-q', name);
    return days.map(([date, files]) => {
      writeTree(where, files);
      gitIn(where, 'add', '-A');
      process.env.GIT_COMMITTER_DATE = date;
      gitIn(where, 'commit', '-qm', date);
      delete process.env.GIT_COMMITTER_DATE;
      gitIn(where, 'tag', `on-${date.slice(0, 10)}`);
      return gitIn(where, 'rev-parse', 'HEAD').trim();
    });
  }

  it('goes to the day of the mail rather than to what came later and takes the patch too', async () => {
    const later = sourceWith('return 1;').replace('after_9', 'other');
    const commits = history('days', [
      ['2017-04-10T10:00:00Z', { [file]: sourceWith('return 1;') }],
      ['2017-04-20T10:00:00Z', { [file]: later }],
    ]);
    const patch = patchOf(diff(first, topic).replace(/^index .*\n/m, ''));
    for (const [date, commit] of [
      ['2017-04-12T00:00:00.000Z', commits[0]],
      ['2017-04-21T00:00:00.000Z', commits[1]],
    ] as const) {
      const dated = { ...patch, message: { ...patch.message, date } };
      const change = await applyPatch(dated, await treeAt(join(scratch, 'days')));
      expect(change.base).toMatchObject({ method: 'date', commit });
    }
  });

  it('goes to the nearest day of those that take the patch, when that of the mail does not', async () => {
    const takes = (other: string) => sourceWith('return 1;').replace('after_9', other);
    const commits = history('near', [
      ['2017-04-10T10:00:00Z', { [file]: sourceWith('return 77;') }],
      ['2017-04-20T10:00:00Z', { [file]: takes('near') }],
      ['2019-04-20T10:00:00Z', { [file]: takes('far') }],
    ]);
    const patch = patchOf(diff(first, topic).replace(/^index .*\n/m, ''));
    const dated = { ...patch, message: { ...patch.message, date: '2017-04-12T00:00:00.000Z' } };
    const change = await applyPatch(dated, await treeAt(join(scratch, 'near')));
    expect(change.base).toMatchObject({ method: 'applies', commit: commits[1] });
  });

  it('takes what lies around a blob that no commit has from the day of the mail', async () => {
    history('around', [
      ['2017-04-10T10:00:00Z', { [file]: 'int early;\n', 'fs/inode.c': 'int early;\n' }],
      ['2017-04-20T10:00:00Z', { [file]: 'int late;\n', 'fs/inode.c': 'int late;\n' }],
    ]);
    const where = join(scratch, 'around');
    writeTree(where, { lost: sourceWith('return 1;') });
    gitIn(where, 'hash-object', '-w', 'lost');
    const patch = patchOf(diff(first, topic));
    const dated = { ...patch, message: { ...patch.message, date: '2017-04-12T00:00:00.000Z' } };
    const change = await applyPatch(dated, await treeAt(where));
    expect(change.base).toMatchObject({ method: 'blob', exact: true });
    expect(change.base.commit).toBeUndefined();
    expect(await change.around('fs/inode.c')).toBe('int early;\n');
  });

  it('finds the patches that a series says it stands on, by their ids', async () => {
    const shown = gitIn(folder, 'show', topic);
    const id = execFileSync('git', ['patch-id', '--stable'], { input: shown, encoding: 'utf8' }).slice(0, 40);
    const text = `${diff(topic, topicNext).replace(/^index .*\n/m, '')}-- \n2.39.5\n\nprerequisite-patch-id: `;
    const change = await applyPatch(patchOf(`${text}${id}\n`), await treeAt(folder));
    expect(change.base).toMatchObject({ method: 'prerequisite', commit: topic });
    const unknown = await applyPatch(patchOf(`${text}${'0'.repeat(40)}\n`), await treeAt(folder));
    expect(unknown.base.tries).toContainEqual(
      expect.objectContaining({
        method: 'prerequisite',
        kind: 'not-there',
        outcome: 'the repository has no commit with the patch 000000000000',
      }),
    );
  });

  it('tries branches and tags when nothing tells the base', async () => {
    const text = diff(topic, topicNext).replace(/^index .*\n/m, '');
    const change = await applyPatch(patchOf(text), await treeAt(folder));
    expect(change.base).toMatchObject({ method: 'applies', label: 'topic-1', commit: topic });
    expect(change.before.get(file)).toBe(sourceWith('return topic();'));
  });

  it('says for every try what came of it', async () => {
    const text = diff(first, topic)
      .replace('return 1', 'return 77')
      .replace(/^index .*\n/m, '');
    const change = await applyPatch(patchOf(text), await treeAt(folder));
    expect(change.status).toBe('not-applied');
    expect(change.base.tries.length).toBeGreaterThanOrEqual(4);
    expect(change.base.tries.every((step) => step.outcome !== 'found' && step.outcome !== '')).toBe(true);
  });

  it('takes a diff that changes one file twice from where its first part begins', async () => {
    const text = diff(first, topic) + diff(topic, topicNext);
    const change = await applyPatch(patchOf(text), await treeAt(folder));
    expect(change.base).toMatchObject({ method: 'blob', exact: true, commit: first });
    expect(change.after.get(file)).toBe(sourceWith('return topic_next();'));
  });

  it('reads a bare repository, and any commit of it', async () => {
    const bare = join(scratch, 'bare.git');
    gitIn(scratch, 'clone', '-q', '--bare', folder, bare);
    const tree = await treeAt(bare);
    expect(tree.kind).toBe('git');
    expect(await tree.read(file, first)).toBe(sourceWith('return 1;'));
    expect(await tree.read(file)).toBe(await tree.read(file, last));
    expect(await tree.read('fs/none.c')).toBeUndefined();
    expect(await tree.read('fs')).toBeUndefined();
    expect(await tree.read('../x')).toBeUndefined();
  });
});
