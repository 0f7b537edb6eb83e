import { deadCode, decidedIfs } from '../../../simulator/c/dead-code.js';
import { type Config, loadUnits } from '../../../simulator/c/load.js';
import { constantMacros } from '../../../simulator/c/without-macros.js';
import type { NotAnalysed } from '../../finding/review.js';
import { type ChangedLine, linesIn } from '../changed-lines.js';
import type { Code } from '../code.js';
import { readModel } from '../model.js';
import { worldOf } from '../modelled.js';
import { isSameCode } from '../same-code.js';
import { conditionAt } from './condition.js';

/**
 * What a patch changes behind a question that the model's world answers in one way, as whether a page is poisoned:
 * nothing executes it, and it leaves no code of which that could be told line by line.
 */
export function oneAnswerGaps(
  before: Code,
  after: Code,
  changed: { before: readonly ChangedLine[]; after: readonly ChangedLine[] },
  config?: Config,
): NotAnalysed[] {
  // The lines of a baseline are not those that the patch counts.
  if (before.baseline) return [];
  return [...after.files.keys()].flatMap((file) => {
    const [was, is] = [before.files.get(file), after.files.get(file)];
    if (was === undefined || is === undefined || isSameCode(was, is)) return [];
    const asked = [
      ...askedBefore(file, before, changed.before, config),
      ...askedBefore(file, after, changed.after, config),
    ];
    return [...new Set(asked)].map((name) => ({
      what: file,
      why: `what is changed behind ${name}() was not executed: the model answers it in one way`,
    }));
  });
}

/** Who is asked by an `if` behind which there are changed lines that no run comes to, or which is changed itself. */
function askedBefore(path: string, code: Code, changed: readonly ChangedLine[], config?: Config): string[] {
  const lines = (code.files.get(path) ?? '').split('\n');
  const world = worldOf([path]);
  const { headers } = readModel(world);
  const own = linesIn(path, changed).filter((line) => !/^[{}]?$/.test((lines[line - 1] ?? '').trim()));
  if (own.length === 0) return [];
  const constants = new Set(constantMacros(headers));
  // What the model says depends on which files are there.
  const together = [...code.files].filter(([each]) => worldOf([each]) === world);
  const sources = together.map(([each, text]) => ({ path: each, text, origin: 'reviewed' as const }));
  const units = loadUnits(sources, headers, config).units.filter(({ unit }) => unit.file === path);
  const isOwn = (from: number, to: number) => own.some((line) => line >= from && line <= to);
  const behind = units.flatMap(({ unit }) => deadCode(unit)).filter(({ from, to }) => isOwn(from, to));
  const decided = units.flatMap(({ unit }) => decidedIfs(unit)).filter((line) => isOwn(line, line));
  return [...behind.map(({ line }) => line), ...decided]
    .flatMap((line) => [...conditionAt(lines, line).matchAll(/\b(\w+)\s*\(/g)].map(([, name = '']) => name))
    .filter((name) => constants.has(name));
}
