import { closing, skipBlanks } from './mask.js';

/** A stretch of text: from the first character to behind the last. */
export interface Range {
  from: number;
  to: number;
}

/** The bodies, braces included, of every definition of a function: an `#else` may hold a second one. */
export function findFunction(masked: string, name: string): Range[] {
  const bodies: Range[] = [];
  for (const match of masked.matchAll(new RegExp(`\\b${name}\\s*\\(`, 'g'))) {
    const line = masked.lastIndexOf('\n', match.index) + 1;
    if (/\s/.test(masked[line] as string)) continue;
    const parameters = closing(masked, match.index + match[0].length - 1);
    if (parameters < 0) continue;
    const open = skipBlanks(masked, parameters);
    if (masked[open] !== '{') continue;
    const to = closing(masked, open);
    if (to > 0) bodies.push({ from: open, to });
  }
  return bodies;
}
