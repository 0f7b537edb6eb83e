import { describe, expect, it } from 'vitest';
import { gatherSeries } from '../../src/series/gather.js';
import { type Posted, posted } from './posted.js';

async function gather(...mails: (Posted | string)[]) {
  return gatherSeries(await posted(...mails));
}

const subjects = (series: { patches: { subject: string }[] }) => series.patches.map(({ subject }) => subject);

describe('a partial reroll', () => {
  const v1: Posted[] = [
    { subject: '[PATCH 0/3] locks', id: 'c@x' },
    { subject: '[PATCH 1/3] a', id: '1@x', parent: 'c@x' },
    { subject: '[PATCH 2/3] b', id: '2@x', parent: 'c@x' },
    { subject: '[PATCH 3/3] c', id: '3@x', parent: 'c@x' },
  ];

  it('is completed with the patches that were not sent again', async () => {
    const series = await gather(
      ...v1,
      { subject: 'Re: [PATCH 2/3] b', id: 're@x', parent: '2@x', minute: 10 },
      {
        subject: '[PATCH v2 2/3] b',
        parent: 're@x',
        headers: ['References: <c@x> <2@x> <re@x>'],
        minute: 60,
      },
    );
    expect(series).toMatchObject({ version: 2, status: 'partial-reroll', missing: [] });
    expect(subjects(series)).toEqual(['[PATCH 1/3] a', '[PATCH v2 2/3] b', '[PATCH 3/3] c']);
    expect(series.notes).toContain('patch 1 was not sent again; it is that of v1');
  });

  it('of a partial reroll is completed from both, though its references were cut', async () => {
    const series = await gather(
      ...v1,
      { subject: '[PATCH v2 2/3] b', id: 'two@x', parent: '2@x', minute: 60 },
      { subject: 'Re: [PATCH v2 2/3] b', id: 're@x', parent: 'two@x', minute: 70 },
      { subject: '[PATCH v3 2/3] b', parent: 're@x', minute: 80 },
    );
    expect(subjects(series)).toEqual(['[PATCH 1/3] a', '[PATCH v3 2/3] b', '[PATCH 3/3] c']);
  });

  it('of several patches is one posting, whatever patch each of them answers', async () => {
    const series = await gather(
      ...v1,
      { subject: '[PATCH v2 3/3] c', parent: '3@x', minute: 60 },
      { subject: '[PATCH v2 1/3] a', parent: '1@x', minute: 5000 },
    );
    expect(subjects(series)).toEqual(['[PATCH v2 1/3] a', '[PATCH 2/3] b', '[PATCH v2 3/3] c']);
  });

  it('may be called v1.1', async () => {
    const old = v1.map((mail) => ({ ...mail, subject: mail.subject.replace('PATCH', 'PATCH v4') }));
    const series = await gather(
      ...old,
      { subject: '[PATCH v4.1 3/3] c', parent: '3@x', minute: 60 },
      { subject: '[PATCH v4.1 1/3] a', parent: '1@x', minute: 61 },
    );
    expect(series).toMatchObject({ version: 4, status: 'partial-reroll' });
    expect(subjects(series)).toEqual(['[PATCH v4.1 1/3] a', '[PATCH v4 2/3] b', '[PATCH v4.1 3/3] c']);
  });

  it('is not made of a new thread that has gaps', async () => {
    const series = await gather(...v1, { subject: '[PATCH v2 2/3] b', parent: 'lost@x', minute: 60 });
    expect(series).toMatchObject({ status: 'incomplete', patches: [{ subject: '[PATCH v2 2/3] b' }] });
  });
});
