import { deadCode, decidedIfs } from '../../../simulator/c/dead-code.js';
import { type Config, loadUnits } from '../../../simulator/c/load.js';
import { constantMacros } from '../../../simulator/c/without-macros.js';
import type { NotAnalysed } from '../../finding/review.js';
import { type ChangedLine, linesIn } from '../changed-lines.js';
import type { Code } from '../code.js';
import { readModel } from '../model.js';
import { worldOf } from '../modelled.js';
import { isSameCode } from '../same-code.js';
import { assignmentsIn, bodyAround, namesIn } from './assignments.js';
import { conditionAt } from './condition.js';

/**
 * What a patch changes behind a question that the model's world answers in one way, as whether a page is poisoned:
 * nothing executes it, and it leaves no code of which that could be told line by line. So it is with what is counted
 * by such an answer, as the pages of a folio.
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
    const sides = [
      askedIn(file, before, changed.before, config),
      askedIn(file, after, changed.after, config),
    ];
    const behind = new Set(sides.flatMap((side) => side.behind));
    const by = new Set(sides.flatMap((side) => side.by).filter((name) => !behind.has(name)));
    const told = [
      ...[...behind].map((name) => `what is changed behind ${name}() was not executed`),
      ...[...by].map((name) => `what is changed goes by ${name}(), and no other answer of it was executed`),
    ];
    return told.map((what) => ({ what: file, why: `${what}: the model answers it in one way` }));
  });
}

/** Who answers in one way: behind what he is asked, and by what he answers, a patch changes something. */
interface Asked {
  behind: string[];
  by: string[];
}

/**
 * Who is asked by an `if` behind which there are changed lines that no run comes to, or which is changed itself; and
 * who is called in changed lines.
 */
function askedIn(path: string, code: Code, changed: readonly ChangedLine[], config?: Config): Asked {
  const lines = (code.files.get(path) ?? '').split('\n');
  const world = worldOf([path]);
  const { headers } = readModel(world);
  const own = linesIn(path, changed).filter((line) => !/^[{}]?$/.test((lines[line - 1] ?? '').trim()));
  if (own.length === 0) return { behind: [], by: [] };
  const constants = new Set(constantMacros(headers));
  // What the model says depends on which files are there.
  const together = [...code.files].filter(([each]) => worldOf([each]) === world);
  const sources = together.map(([each, text]) => ({ path: each, text, origin: 'reviewed' as const }));
  const units = loadUnits(sources, headers, config).units.filter(({ unit }) => unit.file === path);
  const isOwn = (from: number, to: number) => own.some((line) => line >= from && line <= to);
  const behind = units.flatMap(({ unit }) => deadCode(unit)).filter(({ from, to }) => isOwn(from, to));
  const decided = units.flatMap(({ unit }) => decidedIfs(unit)).filter((line) => isOwn(line, line));
  const calledIn = (text: string) =>
    [...text.matchAll(/\b(\w+)\s*\(/g)].map(([, name = '']) => name).filter((name) => constants.has(name));
  return {
    behind: [...behind.map(({ line }) => line), ...decided].flatMap((line) =>
      calledIn(conditionAt(lines, line)),
    ),
    by: own.flatMap((line) => goesBy(lines, line).flatMap(calledIn)),
  };
}

/** A line, and what the variables in it were given once: what is given anew may be another's answer. */
function goesBy(lines: readonly string[], line: number): string[] {
  const text = lines[line - 1] ?? '';
  const given = assignmentsIn(bodyAround(lines, line));
  const once = [...namesIn(text)].map((name) => given.get(name) ?? []).filter(({ length }) => length === 1);
  return [text, ...once.flat()];
}
