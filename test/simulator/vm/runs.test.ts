import { describe, expect, it } from 'vitest';
import { explore, leadsOfCode, leadsOfRun, linesOfCode, linesOfRun } from '../../../simulator/index.js';
import { smallProgram } from '../explore/small-program.js';

const text = `int flag, sum;

void writer(void)
{
	flag = 1;
}

int reader(void)
{
	if (flag == 1)
		sum = 1;
	if (flag == 2)
		sum = 2;
	switch (flag) {
	case 0:
		return 3;
	case 7:
		sum = 4;
		break;
	default:
		while (sum > 5)
			sum--;
	}
	for (;;) {
		if (flag < 0)
			goto left;
		if (flag < 9)
			break;
		if (flag)
			continue;
	}
left:
	return sum;
}

void reads(void)
{
	reader();
}
`;

/** The program begins with an empty line. */
const numberOf = (line: string) => text.split('\n').findIndex((each) => each.trim() === line) + 2;

describe('the lines that a search has run', () => {
  const scenario = smallProgram(text, ['writer', 'reads']);
  for (const fn of scenario.program.functions) fn.origin = 'reviewed';
  const lines = explore(scenario).runs.flatMap((run) =>
    run.fn.name === 'reader' ? [...linesOfRun(run)] : [],
  );

  it.each(['sum = 1;', 'return 3;', 'while (sum > 5)', 'return sum;'])('has `%s`', (line) => {
    expect(lines).toContain(numberOf(line));
  });

  it.each(['sum = 2;', 'sum = 4;', 'sum--;', 'goto left;', 'continue;'])('has not `%s`', (line) => {
    expect(lines).not.toContain(numberOf(line));
  });

  it('has a jump that is all a condition decides', () => {
    expect(lines).toContain(numberOf('if (flag < 9)') + 1);
  });

  it('lead on to the lines that threads came to, and could lead on to others', () => {
    const run = explore(scenario).runs.find(({ fn }) => fn.name === 'reader')!;
    const [leads, led] = [leadsOfCode(run.fn), leadsOfRun(run)];
    const both = (line: string) =>
      [leads, led].map((all) => [...(all.get(numberOf(line)) ?? [])].map((to) => to - numberOf(line)).sort());
    expect(both('if (flag == 1)')).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(both('if (flag == 2)')).toEqual([[1, 2], [2]]);
    expect(both('while (sum > 5)')).toEqual([[1, 4], [4]]);
    expect(both('if (flag < 0)')).toEqual([[1, 2], [2]]);
    expect(both('sum = 2;')).toEqual([[1], []]);
  });

  it('has no line but those that could be run', () => {
    const reader = scenario.program.functions.find(({ name }) => name === 'reader')!;
    const all = linesOfCode(reader);
    expect(lines.filter((line) => line >= reader.line && !all.has(line))).toEqual([]);
    for (const line of ['sum = 4;', 'goto left;', 'continue;']) expect(all).toContain(numberOf(line));
    expect(all).not.toContain(numberOf('return sum;') + 1);
  });
});
