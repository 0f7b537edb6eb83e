import { type DeadCode, deadCode } from '../../../simulator/c/dead-code.js';
import { type Config, leftOutOf, loadUnits } from '../../../simulator/c/load.js';
import type { LeftOut } from '../../../simulator/c/preprocess.js';
import type { NotAnalysed } from '../../finding/review.js';
import { type ChangedLine, linesIn } from '../changed-lines.js';
import type { Code } from '../code.js';
import { readModel } from '../model.js';
import { worldOf } from '../modelled.js';
import { isSameCode } from '../same-code.js';
import { conditionAt } from './condition.js';

interface Sides<T> {
  before: T;
  after: T;
}

/** What a patch changes where the configuration leaves the code out: nobody has read it, on that side at least. */
export function leftOutGaps(
  before: Code,
  after: Code,
  changed: Sides<readonly ChangedLine[]>,
  config?: Config,
  isMeant: (file: string) => boolean = () => true,
): NotAnalysed[] {
  // The lines of a baseline are not those that the patch counts.
  if (before.baseline) return [];
  return [...after.files.keys()].filter(isMeant).flatMap((file) => {
    const [was, is] = [before.files.get(file), after.files.get(file)];
    if (was === undefined || is === undefined || was === is) return [];
    const [out, now] = [was, is].map((text) => leftOut(file, text, config)) as [LeftOut[], LeftOut[]];
    const isSame = isSameCode(textOf(was, out), textOf(is, now));
    const hits = isSame ? [] : [...hit(out, changed.before, file), ...hit(now, changed.after, file)];
    const questions = [...asked(was, changed.before, file), ...asked(is, changed.after, file)];
    const behind = isSameCode(was, is)
      ? []
      : [
          ...behindDecided(file, was, changed.before, config),
          ...behindDecided(file, is, changed.after, config),
        ];
    const conditions = [...hits, ...questions.filter((condition) => isOff(condition, config)), ...behind];
    const others = [
      ...directives(is, was, changed.after, file),
      ...directives(was, is, changed.before, file),
    ];
    const whys = [...conditions.map(whyNot), ...(conditions.length > 0 ? [] : others.map(whyOther))];
    return [...new Set(whys)].map((why) => ({ what: file, why, modelled: true }));
  });
}

const question = /\bIS_[A-Z]{5,9}\(CONFIG_\w+\)/g;

/** What lines ask of the configuration within a statement. */
function asked(text: string, changed: readonly ChangedLine[], file: string): string[] {
  const lines = text.split('\n');
  return linesIn(file, changed).flatMap((line) => lines[line - 1]?.match(question) ?? []);
}

/** What an `if`, which the patch need not touch, asks of the configuration and so keeps changed lines from running. */
function behindDecided(
  path: string,
  text: string,
  changed: readonly ChangedLine[],
  config: Config,
): string[] {
  const lines = text.split('\n');
  const own = linesIn(path, changed).filter((line) => !/^[{}]?$/.test((lines[line - 1] ?? '').trim()));
  const isHit = ({ from, to }: DeadCode) => own.some((line) => line >= from && line <= to);
  const { units } = loadUnits(
    [{ path, text, origin: 'reviewed' }],
    readModel(worldOf([path])).headers,
    config,
  );
  const dead = units.flatMap(({ unit }) => deadCode(unit)).filter(isHit);
  return dead.flatMap(({ line }) => conditionAt(lines, line).match(question) ?? []);
}

function isOff(condition: string, config: Config): boolean {
  return leftOut('asked.c', `#if ${condition}\nint is_on;\n#endif\n`, config).length > 0;
}

function leftOut(path: string, text: string, config: Config): LeftOut[] {
  return [...leftOutOf({ path, text, origin: 'reviewed' }, readModel(worldOf([path])).headers, config)];
}

/** The code that is left out, without the directives around it. */
function textOf(text: string, out: readonly LeftOut[]): string {
  const lines = text.split('\n');
  return out.map(({ from, to }) => lines.slice(from, to - 1).join('\n')).join('\n;\n');
}

function hit(out: readonly LeftOut[], changed: readonly ChangedLine[], file: string): string[] {
  const lines = new Set(linesIn(file, changed));
  const isHit = ({ from, to }: LeftOut) => {
    for (let line = from + 1; line < to; line++) if (lines.has(line)) return true;
    return false;
  };
  return out.filter(isHit).map(({ condition }) => condition);
}

/** The conditions that leave out changed lines of one side. */
export function hitConditions(code: Code, changed: readonly ChangedLine[], config: Config): string[] {
  return [...code.files].flatMap(([file, text]) => hit(leftOut(file, text, config), changed, file));
}

function whyNot(condition: string): string {
  const hint = condition.includes('CONFIG_') ? ' (--config sets another configuration)' : '';
  return `what ${condition} leaves out is not read${hint}`;
}

/** Directives about the configuration that stand in changed lines of one side, and nowhere on the other. */
function directives(text: string, other: string, changed: readonly ChangedLine[], file: string): string[] {
  const lines = text.split('\n');
  const there = new Set(other.split('\n').map((line) => line.trim()));
  return linesIn(file, changed)
    .map((line) => lines[line - 1]?.trim() ?? '')
    .filter((line) => /^#[ \t]*(?:el)?if/.test(line) && line.includes('CONFIG_') && !there.has(line));
}

function whyOther(directive: string): string {
  return `what ${directive} leaves out in another configuration is not read (--config sets one)`;
}
