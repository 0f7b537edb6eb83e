import { chainOf } from '../../simulator/path/admission.js';
import type { NotAnalysed, PathRun } from '../finding/review.js';

/** So many names are read; more of them are a number. */
const mostNames = 4;

/** A function that is too much, and those that call it. */
interface Gap {
  root: string;
  reason: string;
  /** It is itself one of those whose paths were to be looked at. */
  isMeant: boolean;
  callers: string[];
}

/**
 * Functions of which not all paths were looked at. Where one is too much, so is who calls it: that is one gap and not
 * as many as there are callers. Of a function that is gone, which may have another name now, nothing is left to analyse.
 */
export function pathGaps(paths: readonly PathRun[]): NotAnalysed[] {
  const gaps = new Map<string, Gap>();
  for (const { function: name, after, why } of paths) {
    if (why === null || after === 'absent') continue;
    const { called, reason } = chainOf(why);
    const root = called.at(-1) ?? name;
    const gap = gaps.get(`${root} ${reason}`) ?? { root, reason, isMeant: false, callers: [] };
    gaps.set(`${root} ${reason}`, gap);
    if (called.length === 0) gap.isMeant = true;
    else gap.callers.push(name);
  }
  return [...gaps.values()].map(told);
}

function told({ root, reason, isMeant, callers }: Gap): NotAnalysed {
  const isOne = callers.length === 1;
  if (!isMeant)
    return {
      what: `all paths of ${listed(callers)}`,
      why: `${root}(), which ${isOne ? 'it calls' : 'they call'}: ${reason}`,
    };
  const more =
    callers.length === 0 ? '' : `, and of ${listed(callers)}, which ${isOne ? 'comes' : 'come'} to it`;
  return { what: `all paths of ${root}()${more}`, why: reason };
}

function listed(names: readonly string[]): string {
  const first = names.slice(0, mostNames).map((name) => `${name}()`);
  const rest = names.length - first.length;
  const last = rest > 0 ? `${rest} more` : first.pop();
  return first.length === 0 ? `${last}` : `${first.join(', ')} and ${last}`;
}
