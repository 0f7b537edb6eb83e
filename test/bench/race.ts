import type { Code } from '../../src/code/code.js';
import type { Bench } from './bench.js';
import { built } from './built.js';
import { median, timed } from './measure.js';
import { alone } from './row.js';

const id = 'dax-pmd-insert-race';
const warmRuns = 25;

/**
 * The insertion race of 2017 with two threads, in this process, from source text to verdict. The first run
 * reads and parses the model too; later ones parse the text under review anew, as it differs a little.
 */
export const race: Bench = async () => {
  const { judge } = await built.judge();
  const { readBaseline } = await built.baseline();
  const { breakCode } = await built.breakCode();
  const entry = (await built.catalogue()).readCatalogue().find((one) => one.id === id);
  if (entry === undefined) return [alone(`the 2017 race: ${id} is not in the catalogue`, null, 'ms')];
  const repaired = readBaseline(entry.era);
  const broken = breakCode(repaired, entry);
  const once = (code: Code, verdict: string, run: number) => {
    const text = [...code.files].map(([path, body]) => [path, `${body}\n/* run ${run} */\n`] as const);
    const fresh = { ...code, files: new Map(text) };
    let seen = '';
    const ms = timed(() => {
      seen = judge(entry, fresh).verdict;
    });
    return seen === verdict ? ms : Number.NaN;
  };
  const cold = once(broken, 'violated', 0);
  const warm = (code: Code, verdict: string, from: number) =>
    median(Array.from({ length: warmRuns }, (_, n) => once(code, verdict, from + n)));
  return [
    alone('the 2017 race, broken, in process, first run', cold, 'ms'),
    alone('the 2017 race, broken, in process, warm (aim: 30)', warm(broken, 'violated', 1), 'ms'),
    alone('the 2017 race, repaired, in process, warm', warm(repaired, 'holds', 1 + warmRuns), 'ms'),
  ];
};
