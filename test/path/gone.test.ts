import { expect, it } from 'vitest';
import type { Change } from '../../src/change/change.js';
import { reviewPaths } from '../../src/path/review-paths.js';
import { patchOf } from '../change/plain-message.js';

/** A loop that goes round more often than is looked at. */
const text = `int much(struct inode *inode)
{
	int i;

	spin_lock(&inode->i_lock);
	for (i = 0; i < 100000; i++)
		tell(i);
	spin_unlock(&inode->i_lock);
	return 0;
}
`;

async function gaps(after: string): Promise<string[]> {
  const files = patchOf('').files;
  const change = { before: new Map([['fs/f.c', text]]), after: new Map([['fs/f.c', after]]), files };
  const base = { baseline: false } as Change['base'];
  const whole = { ...change, base, around: async () => undefined } as unknown as Change;
  const { notAnalysed } = await reviewPaths(whole, { config: new Map() });
  return notAnalysed.map(({ what }) => what);
}

it('a function that was too much is told by the name that it has after the patch, and not when it is gone', async () => {
  expect(await gaps(text.replace('much', 'more'))).toEqual(['all paths of more()']);
  expect(await gaps(text.replace('tell(i)', 'tell(i + 1)'))).toEqual(['all paths of much()']);
  expect(await gaps('int other;\n')).toEqual([]);
});
