/**
 * C text in which comments, what stands between quotes, and preprocessor lines are blank: what is left is
 * code, and stands where it stood.
 */
export function maskText(text: string): string {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  const words = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
  return text.replace(words, blank).replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, blank);
}

/** The place behind the bracket that closes the one at `open`; -1 when none does. */
export function closing(masked: string, open: number): number {
  let depth = 0;
  for (let at = open; at < masked.length; at++) {
    const letter = masked[at] as string;
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter) && --depth === 0) return at + 1;
  }
  return -1;
}

/** The first place at or after `at` that is no blank. */
export function skipBlanks(masked: string, at: number): number {
  let next = at;
  while (next < masked.length && /\s/.test(masked[next] as string)) next++;
  return next;
}
