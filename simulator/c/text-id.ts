const ids = new Map<string, number>();
const most = 2000;
let last = 0;

/** A number for a text, the same while it is among the last that were asked for, and never that of another text. */
export function textId(text: string): number {
  const known = ids.get(text);
  if (known !== undefined) return known;
  if (ids.size >= most) ids.delete(ids.keys().next().value as string);
  ids.set(text, ++last);
  return last;
}
