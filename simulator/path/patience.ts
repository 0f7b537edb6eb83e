import type { Fn, Instruction } from '../vm/program.js';
import type { Flow } from './flow.js';
import { outcomeAt } from './recall.js';
import type { Frame } from './state.js';

/**
 * A loop whose rounds are counted out, and in which something is undecided each time, is left by no path that is cut
 * after two of them: what stands behind it would never be run. There paths go on, and decide as they did before.
 */
export class Patience {
  private readonly patient = new Set<Fn>();
  private readonly cuts = new Map<Fn, Set<number>>();

  /** `matters`: what is done in a function has to do with what is looked for. */
  constructor(private readonly matters: (fn: Fn) => boolean) {}

  /** Whether paths go on through this function instead of being cut. */
  has(fn: Fn): boolean {
    return this.patient.has(fn);
  }

  /** A path was cut here. */
  cut({ fn, at }: Frame): void {
    if (!this.matters(fn)) return;
    const places = this.cuts.get(fn) ?? new Set();
    this.cuts.set(fn, places.add(at));
  }

  /** The functions in which nothing was run that stands behind where paths were cut. */
  private missing(flowOf: (fn: Fn) => Flow): Fn[] {
    const all = [...this.cuts].filter(([fn, places]) => [...places].some((at) => flowOf(fn).isMissed(at)));
    this.cuts.clear();
    return all.map(([fn]) => fn);
  }

  /** To be asked when all paths are done: `more` when some have to go on, else why not everything was run. */
  judge(flowOf: (fn: Fn) => Flow): { more: boolean; why: string | undefined } {
    const missing = this.missing(flowOf);
    const impatient = missing.filter((fn) => !this.patient.has(fn));
    for (const fn of impatient) this.patient.add(fn);
    const [stuck] = missing.filter((fn) => !impatient.includes(fn));
    const why = stuck && `what stands behind a loop of ${stuck.name}() is not come to`;
    return { more: impatient.length > 0, why };
  }
}

/** Rounds after which a path tries to leave a loop that nothing counts. */
const mostPatient = 10;

/**
 * How a path goes on that has decided here often enough: as it did before, which has brought it here again, or at last
 * out of the loop where that is one of the ways, else the other way: a loop within a loop is left so.
 */
export function wayOn(
  frame: Frame,
  { then, else: other }: Extract<Instruction, { op: 'branch' }>,
  flow: Flow,
): boolean {
  const { at } = frame;
  if (frame.rounds.up(placeOfFork(at)) <= mostPatient) return outcomeAt(frame);
  const [isBack, isOtherBack] = [flow.reaches(then, at, -1), flow.reaches(other, at, -1)];
  return isBack === isOtherBack ? !outcomeAt(frame) : !isBack;
}

/** Where in a frame's counts it stands how often a path could go both ways here. */
export const placeOfFork = (at: number): number => at * 2 + 1;
