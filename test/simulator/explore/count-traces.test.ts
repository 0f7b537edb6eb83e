import { expect, test } from 'vitest';
import { begin, setUp } from '../../../simulator/explore/execution.js';
import { Visibility } from '../../../simulator/explore/visibility.js';
import { explore } from '../../../simulator/index.js';
import { run, Stop } from '../../../simulator/vm/run.js';
import { classics, textOf } from '../../bench/classic.js';
import { countTraces } from '../../bench/count-traces.js';
import { smallProgram } from './small-program.js';

const engine = { begin, setUp, Visibility, run, Stop };

/** The largest one takes as long as all others together: the bench counts it. */
test.each(classics.filter(({ traces }) => traces < 3000).map((one) => [one.name, one.traces, one] as const))(
  '%s has the %i traces that other checkers count',
  (_, traces, one) => {
    const { text, names } = textOf(one);
    const scenario = smallProgram(text, names);
    expect(countTraces(engine, scenario)).toBe(traces);
    expect(explore(scenario, { states: 100_000, full: true })).toMatchObject({
      kind: 'holds',
      bound: 'complete',
    });
  },
);
