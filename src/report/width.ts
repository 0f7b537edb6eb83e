/** Code points that fill two cells of a terminal: Hangul, CJK, full-width forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const combining = /\p{Mark}/u;

function cellsOf(character: string): number {
  if (character >= ' ' && character <= '~') return 1;
  if (combining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Terminal cells that an escaped text fills. */
export function widthOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells;
}

/** The text, cut to at most `cells` cells; a cut is shown as `..`. */
export function truncate(text: string, cells: number): string {
  if (widthOf(text) <= cells) return text;
  let taken = '';
  let left = Math.max(0, cells - 2);
  for (const character of text) {
    left -= cellsOf(character);
    if (left < 0) break;
    taken += character;
  }
  return `${taken}..`.slice(0, Math.max(cells, 0));
}

/** The text, filled with blanks to `cells` cells. */
export function pad(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - widthOf(text)));
}
