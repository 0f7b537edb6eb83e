import { expect, it } from 'vitest';
import { linesOfRun } from '../../simulator/index.js';
import type { Code } from '../../src/code/code.js';
import { readBaseline } from '../../src/race/baseline.js';
import { judge, judgeAlike } from '../../src/race/judge.js';
import type { Outcome } from '../../src/race/outcome.js';
import { readCatalogue } from '../../src/race/read.js';

const told = ({ verdict, bound, functions, assumptions, unknown, reached, runs, why }: Outcome) => ({
  verdict,
  bound,
  functions: [...functions].sort(),
  assumptions,
  unknown: [...unknown].sort(),
  reached: [...reached].sort(),
  lines: runs.map((run) => [run.fn.name, [...linesOfRun(run)].sort((a, b) => a - b)]).sort(),
  why,
});

/** The code without one of its lines. */
function without(code: Code, path: string, line: number): Code {
  const lines = code.files.get(path)!.split('\n');
  lines[line] = '';
  return { ...code, files: new Map([...code.files, [path, lines.join('\n')]]) };
}

// Every so many lines: each costs a search.
const stride = Number(process.env.FAULTLINE_ALIKE_STRIDE ?? 9);

it.each(['dax-pmd-insert-race', 'dax-lock-loses-wakeup', 'dax-zero-page-remap'])(
  '%s: what is said of code without one of its lines is what a search says',
  (id) => {
    const race = readCatalogue().find((each) => each.id === id)!;
    const code = readBaseline(race.era);
    const holds = judge(race, code);
    expect(holds.verdict).toBe('holds');
    const seen = { alike: 0, searched: 0, broken: 0 };
    for (const path of race.files.filter((each) => code.files.has(each))) {
      const lines = code.files.get(path)!.split('\n');
      for (let line = 0; line < lines.length; line += stride) {
        if (!/^\t.*;$/.test(lines[line]!)) continue;
        const changed = without(code, path, line);
        const alike = judgeAlike(holds, changed);
        const searched = judge(race, changed, { bounds: { states: 20_000 } });
        if (alike !== undefined) expect(told(alike)).toEqual(told(searched));
        else if (searched.verdict === 'violated') seen.broken++;
        seen[alike === undefined ? 'searched' : 'alike']++;
      }
    }
    expect(Math.min(seen.alike, seen.searched, seen.broken), JSON.stringify(seen)).toBeGreaterThan(0);
  },
);
