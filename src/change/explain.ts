import type { FilePatch, Hunk } from './patch.js';

/** Lines around its place where a hunk that does not fit is compared. */
const reach = 2000;

/** Why a file's patch does not fit, as one line without the file's name. */
export interface Misfit {
  hunk: number | undefined;
  reason: string;
}

function sideOf(hunk: Hunk, side: 'old' | 'new'): string[] {
  const other = side === 'old' ? 'add' : 'delete';
  return hunk.lines.filter((line) => line.kind !== other).map((line) => line.text);
}

function fitsAt(lines: string[], wanted: string[], at: number): boolean {
  return wanted.every((text, index) => lines[at + index] === text);
}

function isIn(lines: string[], wanted: string[]): boolean {
  if (wanted.length === 0) return true;
  for (let at = lines.indexOf(wanted[0]!); at >= 0; at = lines.indexOf(wanted[0]!, at + 1))
    if (fitsAt(lines, wanted, at)) return true;
  return false;
}

/** The 0-based place near `about` where most lines agree. */
function nearest(lines: string[], wanted: string[], about: number): number {
  let best = about;
  let most = 0;
  const last = Math.min(lines.length, about + reach);
  for (let at = Math.max(0, about - reach); at < last; at++) {
    const agreeing = wanted.filter((text, index) => lines[at + index] === text).length;
    const closer = agreeing === most && Math.abs(at - about) < Math.abs(best - about);
    if (agreeing <= most && !(closer && most > 0)) continue;
    best = at;
    most = agreeing;
  }
  return best;
}

function quoted(text: string): string {
  const clean = text.trim().replace(/[\x00-\x1f\x7f]+/g, ' ');
  return `'${clean.length > 60 ? `${clean.slice(0, 57)}...` : clean}'`;
}

function withoutBlanks(text: string | undefined): string | undefined {
  return text?.replace(/\s+/g, '');
}

function whyNot(lines: string[], hunk: Hunk): string {
  if (isIn(lines, sideOf(hunk, 'new'))) return 'it is already applied';
  // Comparing is quadratic; the first lines of a hunk tell enough.
  const wanted = sideOf(hunk, 'old').slice(0, 200);
  const at = nearest(lines, wanted, Math.max(0, hunk.oldStart - 1));
  const differing = wanted.findIndex((text, index) => lines[at + index] !== text);
  if (differing < 0) return 'it applies at another place only';
  const [expects, has] = [wanted[differing]!, lines[at + differing]];
  if (has === undefined)
    return `the file ends before line ${at + differing + 1}; expected ${quoted(expects)}`;
  const blanks = withoutBlanks(has) === withoutBlanks(expects);
  const what = blanks ? 'white space differs' : 'it expects other lines';
  return `${what} at line ${at + differing + 1}: expected ${quoted(expects)}, found ${quoted(has)}`;
}

/**
 * Which hunk does not fit the file before the patch, and why; undefined when each one alone would fit.
 * `before` is undefined for a file that the tree does not have.
 */
export function explainMisfit(file: FilePatch, before: string | undefined): Misfit | undefined {
  if (file.kind === 'add')
    return before === undefined
      ? undefined
      : { hunk: undefined, reason: 'the tree has this new file already' };
  if (before === undefined) return { hunk: undefined, reason: 'the tree has no such file' };
  const lines = before.split('\n');
  const hunk = file.hunks.find((candidate) => !isIn(lines, sideOf(candidate, 'old')));
  return hunk && { hunk: hunk.number, reason: whyNot(lines, hunk) };
}
