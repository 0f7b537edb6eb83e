import type { Hunk } from './patch.js';

/** The lines that a hunk expects (`old`) or leaves behind (`new`). */
export function sideOf(hunk: Hunk, side: 'old' | 'new'): string[] {
  const other = side === 'old' ? 'add' : 'delete';
  return hunk.lines.filter((line) => line.kind !== other).map((line) => line.text);
}

/** What is left of a line when white space does not count; archives turn tabs into blanks of every kind. */
export function bare(text: string): string {
  return text.replace(/\s+/g, '');
}

export function fitsAt(lines: string[], wanted: string[], at: number): boolean {
  return at >= 0 && wanted.every((text, index) => lines[at + index] === text);
}

/** The 0-based places where these lines stand one after the other, in order, at most `most`. */
export function placesOf(lines: string[], wanted: string[], most: number): number[] {
  const places: number[] = [];
  if (wanted.length === 0) return places;
  for (let at = lines.indexOf(wanted[0]!); at >= 0; at = lines.indexOf(wanted[0]!, at + 1)) {
    if (fitsAt(lines, wanted, at)) places.push(at);
    if (places.length >= most) break;
  }
  return places;
}

/** Where a hunk stands when it stands where its `@@` line says. */
export function placeSaid(hunk: Hunk): number {
  return hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
}

/** The same hunk at another 0-based place of the old file; `grown` lines were added by the hunks before it. */
export function movedTo(hunk: Hunk, place: number, grown: number): Hunk {
  const oldStart = hunk.oldLines === 0 ? place : place + 1;
  const newStart = hunk.newLines === 0 ? place + grown : place + grown + 1;
  const lines = hunk.lines.map((line) => ({
    ...line,
    oldLine: line.oldLine === undefined ? undefined : line.oldLine - hunk.oldStart + oldStart,
    newLine: line.newLine === undefined ? undefined : line.newLine - hunk.newStart + newStart,
  }));
  return { ...hunk, oldStart, newStart, lines };
}
