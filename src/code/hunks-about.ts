import type { Change } from '../change/change.js';
import type { Hunk } from '../change/patch.js';
import type { Excerpt, Finding } from '../finding/finding.js';
import { type ChangedLine, changedLines } from './changed-lines.js';

/** More than this nobody reads beside an interleaving: who wants it all has the patch. */
const most = 3;
const linesAround = 12;
const longestLine = 200;

interface Ranked {
  file: string;
  hunk: Hunk;
  /** 3: the finding is told at it. 2: the interleaving runs what it changes. 1: it runs what stands around. */
  nearness: number;
  /** 1-based line of the diff. */
  at: number;
}

/**
 * The hunks of a patch that a finding is about, the nearest first: where it is told, and what else of the patch
 * its interleaving runs through. A patch that opens or closes it elsewhere, as in a header, is shown by its first.
 */
export function hunksAbout({ patch, files }: Pick<Change, 'patch' | 'files'>, finding: Finding): Excerpt[] {
  if (finding.status === 'present') return [];
  const changed = changedLines(files)[finding.location.side];
  const run = changed.filter((place) => isRun(place, finding));
  const ranked = patch.files.flatMap(({ newPath, hunks }) =>
    hunks.map((hunk) => rank(newPath, hunk, finding, run, changed)),
  );
  const nearest = Math.max(0, ...ranked.map(({ nearness }) => nearness));
  const enough = Math.min(nearest, 2) || 1;
  const near = ranked.filter(({ nearness }) => nearness >= enough).sort((a, b) => b.nearness - a.nearness);
  return (near.length > 0 ? near : ranked.slice(0, 1)).slice(0, most).map(excerptOf);
}

/** A changed line was run; of a deletion, what stands there now. */
function isRun({ file, line }: ChangedLine, { trace }: Finding): boolean {
  return trace.some((step) => step.line === line && step.file === file);
}

function rank(
  file: string,
  hunk: Hunk,
  { location, trace }: Finding,
  run: readonly ChangedLine[],
  changed: readonly ChangedLine[],
): Ranked {
  const holds = (at: number | null) => at !== null && hunk.lines.some((line) => line.at === at);
  const ran = run.find(({ hunkLine }) => holds(hunkLine));
  const first = hunk.lines.find(({ kind }) => kind !== 'context')?.at ?? hunk.at + 1;
  if (holds(location.hunkLine)) return { file, hunk, nearness: 3, at: location.hunkLine as number };
  if (ran !== undefined) return { file, hunk, nearness: 2, at: ran.hunkLine };
  const places = changed.filter(({ hunkLine }) => holds(hunkLine)).map(({ line }) => line);
  const [from, to] = [Math.min(...places) - 3, Math.max(...places) + 3];
  const passes = trace.some((step) => step.file === file && step.line >= from && step.line <= to);
  return { file, hunk, nearness: passes ? 1 : 0, at: first };
}

const signs = { context: ' ', delete: '-', add: '+' } as const;

function excerptOf({ file, hunk, at }: Ranked): Excerpt {
  const target = Math.max(
    0,
    hunk.lines.findIndex((line) => line.at === at),
  );
  const from = Math.max(0, target - linesAround);
  const to = Math.min(hunk.lines.length, target + linesAround + 1);
  const { oldStart, oldLines, newStart, newLines, section } = hunk;
  return {
    file,
    header: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@ ${section}`.trim().slice(0, longestLine),
    lines: hunk.lines.slice(from, to).map(({ kind, text }) => `${signs[kind]}${text}`.slice(0, longestLine)),
    target: target - from,
    leftOut: { before: from, after: hunk.lines.length - to },
  };
}
