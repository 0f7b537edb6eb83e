import { createHash } from 'node:crypto';
import type { Program } from '../../simulator/vm/program.js';
import type { ChangedLine } from '../code/changed-lines.js';
import { calledAs } from '../finding/called-as.js';
import type { Finding, Location } from '../finding/finding.js';
import type { ComparedPath } from './compare-paths.js';
import { pathTrace, type SourceLine } from './path-trace.js';
import { hashOf, pathWitnessText } from './path-witness.js';

/** What a finding needs to know of one side of a patch. */
export interface PathSide {
  program: Program;
  changed: readonly ChangedLine[];
  source: SourceLine;
  onBaseline: boolean;
}

/** What every path finding rests on. */
const assumption =
  'what the file does not define may answer anything, and gives back what it is handed as it was; loops are run up to two rounds';

/** A finding of an alarm; undefined when its path does not lead there a second time. */
export function pathFinding(one: ComparedPath, side: PathSide): Finding | undefined {
  const { said, run, status } = one;
  const { rule } = said;
  const replayed = run.verdict.retrace(said.choices);
  const end = replayed.steps.findLastIndex((step) => step.event !== undefined && step.line === said.line);
  if (replayed.misfit !== undefined || end < 0) return undefined;
  const steps = replayed.steps.slice(0, end + 1);
  const message = inWordsOf(
    [said.line, said.begins ?? 0].map((line) => side.source(said.file, line) ?? ''),
    said,
  );
  const location = locate(one, steps, side);
  const hash = hashOf(side.program, run.fn);
  const id = createHash('sha256')
    .update(`${rule.rule}\npath\n${said.file}\n${said.object} ${said.begins ?? ''}`)
    .digest('hex')
    .slice(0, 12);
  return {
    id,
    rule: rule.rule,
    race: null,
    status,
    evidence: 'path',
    title: rule.title,
    message: `${message}.`,
    advice: rule.advice,
    location,
    witness: pathWitnessText({
      rule: rule.rule,
      function: run.fn.name,
      side: one.side,
      hash,
      choices: said.choices,
    }),
    alsoSeenAs: [],
    assumptions: [assumption, ...one.assumptions],
    links: [],
    onBaseline: side.onBaseline,
    trace: pathTrace(steps, `${run.fn.name}()`, message, side.source),
  };
}

/** What is said, with the names that these lines have for what the model has under others. */
function inWordsOf(lines: readonly string[], { message }: ComparedPath['said']): string {
  return message.replace(/\b(\w+)\(\)/g, (call, name: string) => {
    const isWritten = lines.some((line) => line.includes(call.slice(0, -1)));
    const other = lines.map((line) => calledAs(line, name)).find((each) => each !== name);
    return isWritten || other === undefined ? call : `${other}()`;
  });
}

/** The last changed line that the path goes through, when the patch is to blame; else where it is seen. */
function locate(
  { said, side, status }: ComparedPath,
  steps: readonly { file: string; line: number; fn: string }[],
  { changed }: PathSide,
): Location {
  const own = { file: said.file, line: said.line, fn: said.fn };
  const isChanged = ({ file, line }: { file: string; line: number }) =>
    changed.find((place) => place.present && place.file === file && place.line === line);
  const through = status === 'present' ? undefined : steps.findLast((step) => isChanged(step));
  const place = through ?? own;
  const near = changed
    .filter((each) => each.file === place.file && Math.abs(each.line - place.line) <= 3)
    .sort((a, b) => Math.abs(a.line - place.line) - Math.abs(b.line - place.line));
  return {
    file: place.file,
    line: place.line,
    function: place.fn,
    side,
    hunkLine: near[0]?.hunkLine ?? null,
  };
}
