/** What the variables of a text are given, by their names, as it is written but for blanks. */
export function assignmentsIn(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { index, 0: head, 1: name = '' } of text.matchAll(assigns)) {
    const [value = ''] = text.slice(index + head.length, index + head.length + longest).split(';');
    found.set(name, [...(found.get(name) ?? []), `${head}${value}`.replace(/\s+/g, '')]);
  }
  return found;
}

const assigns = /\b(\w+)[ \t]*(?:[-+*|&^]|<<|>>)?=(?!=)/g;

/** Of what a variable is given no more is looked at. */
const longest = 400;

/** Every name that stands in a piece of code. */
export const namesIn = (text: string): Set<string> => new Set(text.match(/\b[A-Za-z_]\w*\b/g));

/** The text of the function that a line (1-based) stands in, from its opening brace on; empty outside of all. */
export function bodyAround(lines: readonly string[], line: number): string {
  let from = line - 1;
  while (from > 0 && !/^[{}]/.test(lines[from] ?? '')) from--;
  if (!lines[from]?.startsWith('{')) return '';
  const to = lines.findIndex((each, n) => n > from && each.startsWith('}'));
  return lines.slice(from, to < 0 ? lines.length : to).join('\n');
}
