import { truncate, widthOf } from './width.js';

/**
 * One paragraph broken into lines of at most `width` cells. Words are not broken: a word that is too long
 * (a URL, a witness) has a line of its own, because half of it is of no use to anybody.
 */
export function wrap(paragraph: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of paragraph.split(/\s+/).filter((word) => word !== '')) {
    if (!empty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  if (!empty) lines.push(line);
  return lines;
}

/** Like `wrap` into a column: what does not fit is cut, since a column has a neighbour. */
export function wrapIntoColumn(text: string, width: number, rest: string, lineLimit: number): string[] {
  const lines = wrap(text, width, '', rest).map((line) => truncate(line, width));
  if (lines.length <= lineLimit) return lines;
  return [...lines.slice(0, lineLimit - 1), truncate(`${lines[lineLimit - 1]!} ..`, width)];
}
