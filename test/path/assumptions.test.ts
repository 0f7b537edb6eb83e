import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { reviewPaths } from '../../src/path/review-paths.js';

const guarded = (refused: string) => `int work(struct box *o, struct box *other)
{
	mutex_lock(&o->l);
	if (o->b) {
		${refused}
		return -1;
	}
	mutex_unlock(&o->l);
	return 0;
}
`;

const right = guarded('mutex_unlock(&o->l);');
const leaking = guarded('note(other);');
const believed = guarded('mutex_unlock(&other->l2);');
const belief =
  "the lock that mutex_lock() took is another one than that of its kind which the path releases, and the caller's";

const review = (before: string, after: string) =>
  reviewPaths(
    {
      before: new Map([['mm/box.c', before]]),
      after: new Map([['mm/box.c', after]]),
      files: [],
      base: { baseline: false },
      around: async () => undefined,
    } as unknown as Change,
    { config: new Map() },
  );

describe('what a verdict about paths takes for granted', () => {
  it('is told with the verdict of the function, once, whichever side relied on it', async () => {
    const { paths, findings } = await review(right, believed);
    expect(findings).toEqual([]);
    expect(paths).toMatchObject([{ before: 'holds', after: 'holds', assumptions: [belief] }]);
  });

  it('is nothing where nothing was let off', async () => {
    const { paths } = await review(leaking, right);
    expect(paths).toMatchObject([{ before: 'violated', after: 'holds', assumptions: [] }]);
  });

  it('is told with what a patch mends, if the other side is believed to be right', async () => {
    const { findings } = await review(leaking, believed);
    expect(findings).toMatchObject([{ status: 'fixed', rule: 'lock-leak' }]);
    expect(findings[0]?.assumptions).toContain(belief);
    const mended = await review(leaking, right);
    expect(mended.findings).toMatchObject([{ status: 'fixed' }]);
    expect(mended.findings[0]?.assumptions).not.toContain(belief);
  });

  it('is told with what a patch brings, if the code before is believed to be right', async () => {
    const { findings } = await review(believed, leaking);
    expect(findings).toMatchObject([{ status: 'introduced', rule: 'lock-leak' }]);
    expect(findings[0]?.assumptions).toContain(belief);
  });
});
