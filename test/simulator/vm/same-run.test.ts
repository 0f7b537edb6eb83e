import { describe, expect, it } from 'vitest';
import { explore, linesOfRun, type Run, sameRun } from '../../../simulator/index.js';
import { smallProgram } from '../explore/small-program.js';

/** `flag` is never 2 here, so what stands behind that is never run. */
const text = `int flag, sum, spare = 3;

int never(int value)
{
	return value + 1;
}

int reader(int by)
{
	int now = flag, more = by;
	if (now == 2)
		sum = never(more);
	switch (now) {
	case 7:
		sum = spare;
		break;
	default:
		while (more > 0)
			more--;
	}
	return more;
}

void writer(void)
{
	flag = 1;
}

void reads(void)
{
	reader(2);
}
`;

const linked = (program: string) => {
  const scenario = smallProgram(program, ['writer', 'reads']);
  for (const fn of scenario.program.functions) fn.origin = 'reviewed';
  return scenario;
};
const linesOf = (all: readonly Run[]) => all.map((run) => [run.fn.name, [...linesOfRun(run)].sort()]).sort();
const before = linked(text);
const { entered, runs } = explore(before);
const edited = (from: string, to: string) => {
  expect(text).toContain(from);
  return linked(text.replace(from, to));
};
const same = (from: string, to: string) => sameRun(before.program, edited(from, to).program, entered, runs);

describe('two programs that are the same but for what was never run', () => {
  it.each([
    ['a line is gone', 'sum = never(more);', ';'],
    ['another function is called, and there are more', 'sum = never(more);', 'sum = reader(never(9));'],
    ['a function that is never entered does something else', 'value + 1', 'value + 2'],
    ['a case does something else', 'sum = spare;', '{ int mine = spare; sum = mine + flag; }'],
    [
      'a local that only such a line has shifts all registers',
      'sum = never(more);',
      '{ int x = flag, y = x; sum = x + y; }',
    ],
    ['what is run is written otherwise', 'now == 2', '2 == now || 0'],
    ['lines are elsewhere', '\n', '\n\n\n'],
    ['a global that nothing names lies between', 'int flag, sum', 'int flag, another = 5, sum'],
    ['a global is named that only such a line knows', 'sum = never(more);', 'sum = another;\n'],
  ])('are told to run the same: %s', (_, from, to) => {
    const program = to.includes('another;')
      ? linked(`int another = 5;\n${text.replace(from, to)}`)
      : edited(from, to);
    const found = sameRun(before.program, program.program, entered, runs);
    if (to.includes('||')) expect(found).toBeUndefined();
    else expect(linesOf(found!)).toEqual(linesOf(explore(program).runs));
  });

  it.each([
    [2, 3, true],
    [7, 11, false],
  ])(
    'are followed through loops that say the same %d and %d times, as far as that is quick',
    (one, other, isSame) => {
      const turning = (times: number) => {
        const turn = 'sum++; if (sum > 50) return; ';
        return linked(
          `int sum; void writer(void) {} void reads(void) { for (;;) { ${turn.repeat(times)} } }`,
        );
      };
      const program = turning(one);
      const searched = explore(program);
      const found = sameRun(program.program, turning(other).program, searched.entered, searched.runs);
      expect(found !== undefined).toBe(isSame);
    },
  );

  it.each([
    ['a line that was run is gone', 'flag = 1;', ';'],
    ['another constant', 'flag = 1;', 'flag = 2;'],
    ['another argument', 'reader(2)', 'reader(1)'],
    ['another global', 'now = flag', 'now = sum'],
    ['another operator', 'now == 2', 'now != 2'],
    ['another condition in a loop', 'more > 0', 'more > 1'],
    ['other registers', 'more = by', 'more = now'],
    ['a branch that goes elsewhere', 'if (now == 2)', 'if (now == 1)'],
    ['a case that is met', 'case 7', 'case 1'],
    ['a global begins with something else', 'spare = 3', 'spare = 4'],
    ['a global has another type', 'int flag', 'char flag'],
    ['a parameter more', 'reader(int by)', 'reader(int by, int too)'],
    ['memory of its own', 'more = by', 'more = by, *mine = &now'],
    ['a function is called something else', 'writer(void)\n{', 'writer(void)\n{ never(1);'],
  ])('are not when %s', (_, from, to) => {
    expect(same(from, to)).toBeUndefined();
  });
});
