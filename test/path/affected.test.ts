import { expect, test } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { comparePaths } from '../../src/path/compare-paths.js';
import { runPaths } from '../../src/path/run-paths.js';

const leaks = `
static int is_bad(struct box *o)
{
	return o->a != 0;
}

int work(struct box *o)
{
	spin_lock(&o->l);
	if (o->b)
		return -1;
	spin_unlock(&o->l);
	return 0;
}

int user(struct box *o)
{
	int bad = o->b;

	spin_lock(&o->l);
	if (bad && is_bad(o))
		return -EIO;
	if (bad)
		o->n++;
	spin_unlock(&o->l);
	return 0;
}
`;

const codeOf = (text: string): Code => ({ files: new Map([['mm/box.c', text]]), baseline: false });

test('who decides by the answer of a small function is run when that changes, though it takes no lock', () => {
  const [before, after] = [codeOf(leaks), codeOf(leaks.replace('o->a != 0', 'o->c != 0'))];
  const runs = runPaths(before, after, new Set(['is_bad']), undefined);
  expect([...runs.after.keys()].sort()).toEqual(['mm/box.c is_bad', 'mm/box.c user']);
  expect(comparePaths(runs.before, runs.after).map(({ status }) => status)).toEqual(['present']);
});
