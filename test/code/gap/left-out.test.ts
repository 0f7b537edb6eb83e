import { describe, expect, it } from 'vitest';
import { leftOutOf } from '../../../simulator/c/load.js';
import { changedLines } from '../../../src/code/changed-lines.js';
import type { Code } from '../../../src/code/code.js';
import { leftOutGaps } from '../../../src/code/gap/left-out.js';
import { touchedFunctions } from '../../../src/code/touched.js';
import { patchOf } from '../../change/plain-message.js';

const before = `static int count;
#ifdef CONFIG_NUMA_BALANCING
static int move(void)
{
	return count;
}
#else
static int move(void)
{
	return 0;
}
#endif
#if 0
static int never(void) { return 1; }
#endif
`;

const codeOf = (text: string): Code => ({ files: new Map([['fs/dax.c', text]]), baseline: false });

/** What is said of one line that a patch puts in the place of another. */
function gaps(line: number, text: string, config?: ReadonlyMap<string, string>): string[] {
  return gapsIn(before, line, text, config);
}

function gapsIn(before: string, line: number, text: string, config?: ReadonlyMap<string, string>): string[] {
  const lines = before.split('\n');
  const diff = `--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -${line} +${line} @@\n-${lines[line - 1]}\n+${text}\n`;
  const after = lines.with(line - 1, text).join('\n');
  const changed = changedLines(patchOf(diff).files);
  return leftOutGaps(codeOf(before), codeOf(after), changed, config).map(
    ({ what, why }) => `${what}: ${why}`,
  );
}

const numa = new Map([['CONFIG_NUMA_BALANCING', 'y']]);

describe('code that the configuration leaves out', () => {
  it('is known by its lines, the directives around it among them', () => {
    const source = { path: 'fs/dax.c', text: before, origin: 'reviewed' } as const;
    expect(leftOutOf(source, new Map(), undefined)).toEqual([
      { from: 2, to: 7, condition: '#ifdef CONFIG_NUMA_BALANCING' },
      { from: 13, to: 15, condition: '#if 0' },
    ]);
    expect(leftOutOf(source, new Map(), numa)[0]).toEqual({
      ...{ from: 7, to: 12 },
      condition: '#else of #ifdef CONFIG_NUMA_BALANCING',
    });
  });

  it('was not read, and how it could be is told', () => {
    const [gap, ...others] = gaps(5, '\treturn count + 1;');
    expect(gap).toContain('fs/dax.c: what #ifdef CONFIG_NUMA_BALANCING leaves out is not read (--config');
    expect(others).toEqual([]);
    expect(gaps(14, 'static int never(void) { return 2; }')).toEqual([
      'fs/dax.c: what #if 0 leaves out is not read',
    ]);
    expect(gaps(10, '\treturn 1;', numa)[0]).toContain('#else of #ifdef CONFIG_NUMA_BALANCING');
  });

  it('is no gap where the patch changes what is in force, or what means nothing', () => {
    expect(gaps(10, '\treturn 1;')).toEqual([]);
    expect(gaps(5, '\treturn count + 1;', numa)).toEqual([]);
    expect(gaps(5, '\treturn count; /* of all */')).toEqual([]);
    expect(gaps(1, 'static long count;')).toEqual([]);
  });

  it('is touched in the configuration that has it', () => {
    const after = before.replace('return count;', 'return count + 1;');
    expect(touchedFunctions(codeOf(before), codeOf(after))).toEqual([]);
    expect(touchedFunctions(codeOf(before), codeOf(after), numa).map(({ name }) => name)).toEqual(['move']);
  });
});

it('tells what a statement leaves out where it asks the configuration', () => {
  const asks = '\treturn IS_ENABLED(CONFIG_NUMA_BALANCING) ? 1 : 0;';
  const why = 'what IS_ENABLED(CONFIG_NUMA_BALANCING) leaves out is not read';
  expect(gaps(9, asks)).toEqual([`fs/dax.c: ${why} (--config sets another configuration)`]);
  expect(gaps(5, asks, numa)).toEqual([]);
});

it('tells of code that another configuration would leave out', () => {
  const why = 'what #ifndef CONFIG_PREEMPT_RT leaves out in another configuration is not read';
  expect(gaps(1, '#ifndef CONFIG_PREEMPT_RT\nstatic int count;\n#endif')).toEqual([
    `fs/dax.c: ${why} (--config sets one)`,
  ]);
  expect(gaps(1, 'static int number;')).toEqual([]);
});

describe('what stands behind an if that the configuration decides, and that the patch does not touch', () => {
  const body = `static int f(int x)
{
	if (IS_ENABLED(CONFIG_NUMA_BALANCING) &&
	    x)
		return one(x,
			   x);
	else
		x++;
	if (!IS_ENABLED(CONFIG_NUMA_BALANCING))
		return 2;
	x--;
out:
	return x;
}
`;
  const of = (line: number, text: string, config?: ReadonlyMap<string, string>) =>
    gapsIn(body, line, text, config).map((gap) => gap.replace(/ leaves out.*/, ''));
  const off = ['fs/dax.c: what IS_ENABLED(CONFIG_NUMA_BALANCING)'];

  it('is not read: in the branch, and behind one that returns', () => {
    expect(of(6, '\t\t\t   x + 1);')).toEqual(off);
    expect(of(11, '\tx -= 2;')).toEqual(off);
    expect(of(10, '\t\treturn 3;', numa)).toEqual(off);
  });

  it('is no gap where it runs, and where something jumps to', () => {
    expect(of(6, '\t\t\t   x + 1);', numa)).toEqual([]);
    expect(of(8, '\t\tx += 2;')).toEqual([]);
    expect(of(10, '\t\treturn 3;')).toEqual([]);
    expect(of(13, '\treturn x + 1;')).toEqual([]);
    expect(of(11, '\tx--; /* less */')).toEqual([]);
  });
});
