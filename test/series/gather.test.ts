import { describe, expect, it } from 'vitest';
import { gatherAll, gatherSeries } from '../../src/series/gather.js';
import { type Posted, posted } from './posted.js';

async function gather(...mails: (Posted | string)[]) {
  return gatherSeries(await posted(...mails));
}

const subjects = (series: { patches: { subject: string }[] }) => series.patches.map(({ subject }) => subject);

describe('a series', () => {
  it('is put in order, with its cover apart', async () => {
    const series = await gather('[PATCH 2/2] b', '[PATCH 0/2] cover', '[PATCH 1/2] a');
    expect(series).toMatchObject({
      subject: 'cover',
      version: 1,
      status: 'complete',
      missing: [],
      notes: [],
    });
    expect(subjects(series)).toEqual(['[PATCH 1/2] a', '[PATCH 2/2] b']);
    expect(series.messageId).toBe('PATCH02cover@example.org');
  });

  it('may have a patch more than it counts', async () => {
    const added = { subject: '[PATCH 3/2] c', parent: 'c@x', from: 'Another <other@x.org>', minute: 60 };
    const series = await gather(
      { subject: '[PATCH 0/2] locks', id: 'c@x' },
      { subject: '[PATCH 1/2] a', parent: 'c@x' },
      { subject: '[PATCH 2/2] b', parent: 'c@x' },
      added,
    );
    expect(series.status).toBe('complete');
    expect(subjects(series)).toEqual(['[PATCH 1/2] a', '[PATCH 2/2] b', '[PATCH 3/2] c']);
  });

  it('says which patches are missing', async () => {
    const series = await gather('[PATCH v2 1/4] a', '[PATCH v2 3/4] c');
    expect(series).toMatchObject({
      status: 'incomplete',
      version: 2,
      missing: ['patch 2 of 4 is not in the input', 'patch 4 of 4 is not in the input'],
    });
  });

  it('is the newest version, without the answers to it', async () => {
    const series = await gather('[PATCH 1/1] a', '[PATCH v2 1/1] a', 'Re: [PATCH v2 1/1] a');
    expect(subjects(series)).toEqual(['[PATCH v2 1/1] a']);
    expect(series.notes).toEqual(['1 mail of older versions left aside']);
  });

  it('of which a patch was sent again has the last of them', async () => {
    const again = { subject: '[PATCH RESEND 1/1] a', minute: 5 };
    const series = await gather(again, '[PATCH 1/1] a');
    expect(subjects(series)).toEqual(['[PATCH RESEND 1/1] a']);
    expect(series.tags).toEqual(['resend']);
    expect(series.notes).toEqual(['1 other posting of the same version left aside']);
  });

  it('may be one mail without any bracket, or an answer', async () => {
    expect((await gather('dax: lock')).patches).toHaveLength(1);
    expect((await gather('Re: dax: lock')).patches).toHaveLength(1);
  });

  it('is read at once though its sender has 200,000 characters', async () => {
    const messages = await posted({ subject: '[PATCH] a', from: '\\'.repeat(200_000) });
    const before = performance.now();
    gatherSeries(messages);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('does not count to a million', async () => {
    expect((await gather('[PATCH 1/9999] a')).missing.length).toBeLessThan(1001);
  });

  it('whose siblings share no thread is joined by sender, time and words', async () => {
    const series = await gather('[PATCH dax 1/2] a', { subject: '[PATCH dax 2/2] b', minute: 9 });
    expect(series.status).toBe('complete');
    const other = { subject: '[PATCH dax 2/2] b', from: 'Another <other@example.org>' };
    expect((await gather('[PATCH dax 1/2] a', other)).status).toBe('incomplete');
    const late = { subject: '[PATCH dax 2/2] b', minute: 3 * 24 * 60 };
    expect((await gather('[PATCH dax 1/2] a', late)).status).toBe('incomplete');
  });

  it('whose cover is absent is joined by the parent that all its patches name', async () => {
    const mails = ['a', 'b', 'c'].map((title, at) => ({
      subject: `[PATCH ${at + 1}/3] ${title}`,
      parent: 'cover@example.org',
      from: `${title} <${title}@example.org>`,
    }));
    expect((await gather(...mails)).status).toBe('complete');
  });

  it('that was sent as another version into the thread of the first is taken alone', async () => {
    const [cover, one] = ['[PATCH 0/2] locks', '[PATCH 1/2] a'];
    const series = await gather(
      { subject: cover, id: 'v1@x' },
      { subject: one, id: 'v1.1@x', parent: 'v1@x' },
      { subject: '[PATCH 2/2] b', parent: 'v1@x' },
      { subject: '[PATCH v2 0/2] locks, renamed', id: 'v2@x', parent: 'v1@x', minute: 60 },
      { subject: '[PATCH v2 1/2] a', parent: 'v2@x', minute: 61 },
      { subject: '[PATCH v2 2/2] b', parent: 'v2@x', minute: 62 },
    );
    expect(series).toMatchObject({ version: 2, status: 'complete', subject: 'locks, renamed' });
    expect(series.notes).toEqual(['3 mails of older versions left aside']);
  });

  it('gives its version to patches that do not say theirs', async () => {
    const series = await gather(
      { subject: '[PATCH v3 0/2] locks', id: 'c@x' },
      { subject: '[PATCH 1/2] a', id: '1@x', parent: 'c@x' },
      { subject: '[PATCH 2/2] b', parent: '1@x', headers: ['References: <c@x> <1@x>'] },
    );
    expect(series).toMatchObject({ version: 3, status: 'complete', subject: 'locks' });
  });
});

describe('a cover that counts otherwise than its patches', () => {
  it('is still theirs when they answer it', async () => {
    const series = await gather(
      { subject: '[PATCH v2 0/3] locks', id: 'c@x' },
      { subject: '[PATCH v2 1/2] a', parent: 'c@x' },
      { subject: '[PATCH 2/2] b', parent: 'c@x' },
    );
    expect(series).toMatchObject({ subject: 'locks', status: 'complete' });
    expect(series.notes).toEqual(['the cover counts 3 patches, the patches 2']);
  });

  it('or says another version than they do, is theirs too', async () => {
    const series = await gather(
      { subject: '[PATCH v4 0/2] locks', id: 'c@x' },
      { subject: '[PATCH] test: something sent along', parent: 'c@x' },
      { subject: '[PATCH v3 1/2] a', parent: 'c@x' },
      { subject: '[PATCH v3 2/2] b', parent: 'c@x' },
    );
    expect(series).toMatchObject({ subject: 'locks', version: 3, status: 'complete' });
    expect(series.notes).toEqual([
      'the cover says v4, the patches v3',
      '1 other series in the input left aside',
    ]);
  });

  it('may have the number of a patch that answers it', async () => {
    const series = await gather(
      { subject: '[PATCH v8 2/2] locks', id: 'c@x', body: 'About both.\n' },
      { subject: '[PATCH v8 1/2] a', parent: 'c@x' },
      { subject: '[PATCH v8 2/2] b', parent: 'c@x' },
    );
    expect(series).toMatchObject({ subject: 'locks', status: 'complete', notes: [] });
    expect(subjects(series)).toEqual(['[PATCH v8 1/2] a', '[PATCH v8 2/2] b']);
  });

  it('may have no number at all', async () => {
    const series = await gather(
      { subject: '[ndctl PATCH v3] locks', id: 'c@x', body: 'About both.\n' },
      { subject: '[ndctl PATCH v3 1/2] a', parent: 'c@x' },
      { subject: '[ndctl PATCH v3 2/2] b', parent: 'c@x' },
    );
    expect(series).toMatchObject({ subject: 'locks', status: 'complete', notes: [], patches: [{}, {}] });
  });

  it('may have a single patch without a number or a version', async () => {
    const series = await gather(
      { subject: '[PATCH v2 0/1] locks', id: 'c@x' },
      { subject: '[PATCH] a', parent: 'c@x' },
    );
    expect(series).toMatchObject({ subject: 'locks', version: 2, status: 'complete', notes: [] });
  });
});

describe('one thread', () => {
  const two: Posted[] = [
    { subject: '[PATCH 0/2] locks', id: 'a@x' },
    { subject: '[PATCH 1/2] a', id: 'a1@x', parent: 'a@x' },
    { subject: '[PATCH 2/2] b', parent: 'a@x' },
    { subject: '[PATCH 0/2] waits', id: 'b@x', parent: 'a@x', minute: 60 },
    { subject: '[PATCH 1/2] c', id: 'b1@x', parent: 'b@x', minute: 61 },
    { subject: '[PATCH 2/2] d', parent: 'b@x', minute: 62 },
  ];

  it('may hold two series: one is taken, the other is told', async () => {
    const series = await gather(...two);
    expect(subjects(series)).toEqual(['[PATCH 1/2] a', '[PATCH 2/2] b']);
    expect(series.notes).toEqual(['1 other series in the input left aside']);
  });

  it('may hold two series: the one that is asked for is taken', async () => {
    const messages = await posted(...two);
    expect(subjects(gatherSeries(messages, 'b1@x'))).toEqual(['[PATCH 1/2] c', '[PATCH 2/2] d']);
    expect(subjects(gatherSeries(messages, 'a@x'))).toEqual(['[PATCH 1/2] a', '[PATCH 2/2] b']);
  });

  it('may hold two series without covers', async () => {
    const bare = two.filter(({ subject }) => !subject.includes('0/2')).map((mail) => ({ ...mail }));
    bare[0]!.parent = 'lost@x';
    bare[1]!.parent = 'a1@x';
    bare[2]!.parent = 'a1@x';
    bare[3]!.parent = 'b1@x';
    const all = gatherAll(await posted(...bare));
    expect(all.map((series) => [subjects(series), series.status])).toEqual([
      [['[PATCH 1/2] a', '[PATCH 2/2] b'], 'complete'],
      [['[PATCH 1/2] c', '[PATCH 2/2] d'], 'complete'],
    ]);
  });

  it('with a newer version than the one asked for says so', async () => {
    const messages = await posted(
      { subject: '[PATCH] a', id: '1@x' },
      { subject: '[PATCH v4] a', minute: 9 },
    );
    expect(gatherSeries(messages, '1@x')).toMatchObject({
      version: 1,
      supersededBy: 4,
      notes: ['v4 is newer'],
    });
  });

  it("with somebody else's patch in an answer keeps both apart", async () => {
    const all = gatherAll(
      await posted(
        { subject: '[PATCH] a', id: '1@x' },
        { subject: '[PATCH] a better a', parent: '1@x', from: 'Another <other@x.org>', minute: 9 },
      ),
    );
    expect(all.map((series) => series.subject)).toEqual(['a', 'a better a']);
  });
});

describe('what is no patch of its own', () => {
  const diff = 'Try this:\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';

  it('an answer with a diff is a fixup, listed beside the series and reviewed when asked for', async () => {
    const messages = await posted(
      { subject: '[PATCH] a', id: '1@x' },
      { subject: 'Re: [PATCH] a', id: 're@x', parent: '1@x', body: diff },
    );
    expect(gatherSeries(messages)).toMatchObject({ status: 'complete', fixups: [{ id: 're@x' }] });
    expect(gatherSeries(messages, 're@x')).toMatchObject({ status: 'fixup', patches: [{ id: 're@x' }] });
  });

  it('an answer that quotes a diff is talk', async () => {
    const quoted = diff.replace(/^/gm, '> ');
    const messages = await posted(
      { subject: '[PATCH] a', id: '1@x' },
      { subject: 'Re: [PATCH] a', parent: '1@x', body: quoted },
    );
    expect(gatherSeries(messages).fixups).toEqual([]);
  });

  it('a pull request has a status of its own and no patches', async () => {
    const body = 'The following changes since commit 012345:\n\n are available in the Git repository at:\n';
    expect(await gather({ subject: '[GIT PULL] dax for 5.2', body })).toMatchObject({
      status: 'pull-request',
      patches: [],
    });
  });

  it('a cover alone says so, and which patches are missing', async () => {
    expect(await gather('[PATCH 0/2] locks')).toMatchObject({
      status: 'cover-only',
      missing: ['patches 1 to 2 of 2 are not in the input'],
    });
  });
});
