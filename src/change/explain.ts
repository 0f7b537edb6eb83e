import type { MisfitKind } from './change.js';
import type { FilePatch, Hunk } from './patch.js';
import { bare, placesOf, sideOf } from './place-hunk.js';

/** Lines around its place where a hunk that does not fit is compared. */
const reach = 2000;

/** Why a file's patch does not fit, as one line without the file's name. */
export interface Misfit {
  kind: MisfitKind;
  hunk: number | undefined;
  reason: string;
}

function isIn(lines: string[], wanted: string[]): boolean {
  return wanted.length === 0 || placesOf(lines, wanted, 1).length > 0;
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

type Shown = (text: string) => string;

function whyNot(raw: string[], hunk: Hunk, shown: Shown): Omit<Misfit, 'hunk'> {
  const lines = raw.map(shown);
  if (isIn(lines, sideOf(hunk, 'new').map(shown)))
    return { kind: 'already-applied', reason: 'it is already applied' };
  // Comparing is quadratic; the first lines of a hunk tell enough.
  const expected = sideOf(hunk, 'old').slice(0, 200);
  const wanted = expected.map(shown);
  const at = nearest(lines, wanted, Math.max(0, hunk.oldStart - 1));
  const differing = wanted.findIndex((text, index) => lines[at + index] !== text);
  if (differing < 0) return { kind: 'context-differs', reason: 'it applies at another place only' };
  const [expects, has] = [expected[differing]!, raw[at + differing]];
  const where = at + differing + 1;
  if (has === undefined) {
    const reason = `the file ends before line ${where}; expected ${quoted(expects)}`;
    return { kind: 'context-differs', reason };
  }
  const blanks = bare(has) === bare(expects);
  const what = blanks ? 'white space differs' : 'it expects other lines';
  return {
    kind: blanks ? 'whitespace-damaged' : 'context-differs',
    reason: `${what} at line ${where}: expected ${quoted(expects)}, found ${quoted(has)}`,
  };
}

/**
 * Which hunk does not fit the file before the patch, and why; undefined when each one alone would fit.
 * `before` is undefined for a file that the tree does not have. In a `repaired` patch white space says nothing.
 */
export function explainMisfit(
  file: FilePatch,
  before: string | undefined,
  repaired = false,
): Misfit | undefined {
  if (file.kind === 'add') {
    if (before === undefined) return undefined;
    return { kind: 'already-applied', hunk: undefined, reason: 'the tree has this new file already' };
  }
  if (before === undefined)
    return { kind: 'missing-file', hunk: undefined, reason: 'the tree has no such file' };
  const shown: Shown = repaired ? bare : (text) => text;
  const raw = before.split('\n');
  const lines = raw.map(shown);
  const hunk = file.hunks.find((candidate) => !isIn(lines, sideOf(candidate, 'old').map(shown)));
  return hunk && { hunk: hunk.number, ...whyNot(raw, hunk, shown) };
}
