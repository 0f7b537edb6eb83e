import { describe, expect, it } from 'vitest';
import { gatherSeries } from '../../src/series/gather.js';
import { type Posted, posted } from './posted.js';

async function gather(...mails: (Posted | string)[]) {
  return gatherSeries(await posted(...mails));
}

const subjects = (series: { patches: { subject: string }[] }) => series.patches.map(({ subject }) => subject);

describe('copies of one mail', () => {
  const list = (id: string) => `List-Id: A list <${id}>`;
  const footed = `diff --git a/fs/dax.c b/fs/dax.c\n--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -1 +1 @@\n-a\n+b\n${'_'.repeat(47)}\nLinux-nvdimm mailing list\n`;

  it('are one mail, the one without a footer, with the union of the lists', async () => {
    const series = await gather(
      {
        subject: '[Linux-nvdimm] [PATCH] a',
        id: '1@x',
        body: footed,
        headers: [list('linux-nvdimm.lists.01.org')],
      },
      { subject: '[PATCH] a', id: '1@x', headers: [list('linux-fsdevel.vger.kernel.org')] },
    );
    expect(subjects(series)).toEqual(['[PATCH] a']);
    expect(series.lists).toEqual(['linux-nvdimm.lists.01.org', 'linux-fsdevel.vger.kernel.org']);
    expect(series.notes).toEqual([]);
  });

  it('are known by any Message-ID that they share', async () => {
    const series = await gather(
      { subject: '[PATCH] a', id: '1@x' },
      { subject: '[PATCH] a', id: 'made-up@archive', headers: ['Message-ID: <1@x>'] },
    );
    expect(series).toMatchObject({ patches: [{ id: '1@x' }], notes: [] });
    const last = await gather(
      { subject: '[PATCH] a', id: '1@x', headers: ['Message-ID: <made-up@archive>'] },
      { subject: '[Linux-nvdimm] [PATCH] a', id: '1@x' },
    );
    expect(last).toMatchObject({ messageId: '1@x', patches: [{ id: '1@x', subject: '[PATCH] a' }] });
  });

  it('with different patches are told', async () => {
    const series = await gather(
      { subject: '[PATCH] a', id: '1@x' },
      { subject: '[PATCH] a', id: '1@x', body: footed.replace('+b', '+c') },
    );
    expect(series.notes).toEqual([
      'two mails have the Message-ID 1@x and different patches; the better copy counts',
    ]);
  });
});
