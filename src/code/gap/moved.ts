import { functionsDefined } from '../../../simulator/c/functions-defined.js';
import { lex } from '../../../simulator/c/lex.js';
import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import { modelledFiles } from '../modelled.js';
import type { TouchedFunction } from '../touched.js';

/** Functions that a patch takes out of a file that races run, and puts into one that they do not. */
export function movedAway(
  { before, after }: Pick<Change, 'before' | 'after'>,
  touched: readonly TouchedFunction[],
): NotAnalysed[] {
  const gone = new Set(touched.filter(({ only }) => only === 'before').map(({ name }) => name));
  if (gone.size === 0) return [];
  return [...after].flatMap(([path, text]) => {
    if (!path.endsWith('.c') || modelledFiles.includes(path) || before.get(path) === text) return [];
    const there = functionsDefined(lex(path, text, [])).filter((name) => gone.has(name));
    if (there.length === 0) return [];
    const more = there.length > 1 ? ` and ${there.length - 1} more` : '';
    const why = `the patch moves ${there[0]}()${more} there, and no scenario executes that file`;
    return { what: path, why, modelled: true };
  });
}
