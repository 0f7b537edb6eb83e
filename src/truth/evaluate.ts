import type { Problem } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import type { Review } from '../finding/review.js';
import type { TruthCase, TruthTable } from '../finding/truth.js';
import { review } from '../review.js';
import type { Case } from './case.js';
import { grade } from './grade.js';
import { readCases } from './read-cases.js';

/** Reviews every case of a folder in both directions, and holds the answers against history. */
export async function evaluate(folder: string, options: AnalysisOptions): Promise<TruthTable | Problem> {
  const read = await readCases(folder);
  if ('problem' in read) return read;
  const { cases, broken } = read;
  if (cases.length === 0 && broken.length === 0) return { problem: `${folder} holds no case`, exit: 3 };
  const graded: TruthCase[] = [];
  for (const [done, one] of cases.entries()) {
    // Who waits for a hundred cases counts cases; what is at work in one says that it goes on.
    const show = (what: string) => options.onProgress?.({ what, done, of: cases.length });
    show(one.id);
    const onProgress = ({ what }: { what: string }) => show(`${one.id}, ${what}`);
    graded.push(await evaluateCase(one, { ...options, onProgress }));
  }
  return { version: 1, ...figures(graded), cases: graded, broken };
}

async function evaluateCase(one: Case, options: AnalysisOptions): Promise<TruthCase> {
  const start = performance.now();
  const reverse = await reviewOn(one.post, one.reverse, options);
  const forward = await reviewOn(one.pre, one.patch, options);
  const seconds = Math.round((performance.now() - start) / 10) / 100;
  return { ...grade(one, reverse, forward), seconds };
}

function reviewOn(tree: string, patch: Buffer, options: AnalysisOptions): Promise<Review | Problem> {
  return review(patch, { ...options, trees: [tree] });
}

function figures(all: readonly TruthCase[]): Pick<TruthTable, 'races' | 'benign' | 'notAnalysed'> {
  const graded = all.filter((one) => one.graded);
  const races = graded.filter((one) => one.kind === 'race');
  const benign = graded.filter((one) => one.kind === 'benign');
  const isAlarm = ({ reverse, forward }: TruthCase) => reverse === 'false-alarm' || forward === 'false-alarm';
  return {
    races: {
      total: races.length,
      introduced: races.filter((one) => one.reverse === 'introduced').length,
      fixed: races.filter((one) => one.forward === 'fixed').length,
    },
    benign: { total: benign.length, falseAlarms: benign.filter(isAlarm).length },
    notAnalysed: graded.filter((one) => one.reverse === 'not-analysed' || one.forward === 'not-analysed')
      .length,
  };
}
