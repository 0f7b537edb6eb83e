import { describe, expect, it } from 'vitest';
import type { Code } from '../../src/code/code.js';
import { newlyUnset } from '../../src/path/newly-unset.js';
import { runPaths } from '../../src/path/run-paths.js';

/** What a change of one file's text comes to, in functions of these names. */
function told(before: string, after: string, name = 'reap') {
  const code = (text: string): Code => ({ files: new Map([['fs/f.c', text]]), baseline: false });
  const runs = runPaths(code(before), code(after), new Set([name]), new Map());
  const unset = newlyUnset(runs.before, runs.after);
  const said = ({ verdict }: { verdict: { said: { object: string; line: number }[] } }) =>
    verdict.said.map(({ object, line }) => `${object} at ${line}`);
  return {
    before: [...unset.before.values()].flatMap(said),
    after: [...unset.after.values()].flatMap(said),
    notAnalysed: unset.notAnalysed.map(({ what, why }) => `${what}: ${why.split(',')[0]}`),
  };
}

const set = `int reap(int ripe)
{
	int crop = 0;

	if (ripe)
		crop = 1;
	return crop;
}
`;
const unset = set.replace('crop = 0', 'crop');
const none = 'int reap(int ripe)\n{\n\treturn ripe;\n}\n';

describe('a variable that nobody has set', () => {
  it('is told where the patch no longer sets it', () => {
    expect(told(set, unset)).toEqual({ before: [], after: ['crop at 7'], notAnalysed: [] });
  });

  it('is mended where the patch sets it', () => {
    expect(told(unset, set)).toEqual({ before: ['crop at 7'], after: [], notAnalysed: [] });
  });

  it('is no concern of a patch to what was like that before', () => {
    expect(told(unset, unset.replace('= 1', '= 2'))).toEqual({ before: [], after: [], notAnalysed: [] });
  });

  it('is not analysed where the variable is new', () => {
    const notAnalysed = ['reap(): a path uses crop and has not set it'];
    expect(told(none, unset)).toEqual({ before: [], after: [], notAnalysed });
    expect(told('', unset)).toEqual({ before: [], after: [], notAnalysed });
    expect(told('', set)).toEqual({ before: [], after: [], notAnalysed: [] });
  });

  it('is not analysed where a loop may have set it', () => {
    const [was, is] = [set, unset].map((text) => text.replace('if (ripe)', 'while (ripe--)'));
    const notAnalysed = ['reap(): a path uses crop and has not set it'];
    expect(told(was as string, is as string)).toEqual({ before: [], after: [], notAnalysed });
    expect(told(is as string, is as string)).toEqual({ before: [], after: [], notAnalysed: [] });
  });

  it('is nothing where no path can use it', () => {
    const twice = (text: string) => text.replace('return crop', 'return ripe ? crop : 0');
    expect(told(twice(set), twice(unset))).toEqual({ before: [], after: [], notAnalysed: [] });
  });
});
