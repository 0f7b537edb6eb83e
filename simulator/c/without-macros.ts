const made = new WeakMap<ReadonlyMap<string, string>, Map<string, ReadonlyMap<string, string>>>();

/** The same headers, at whose end these macros are undefined; the same object for the same question. */
export function withoutMacros(
  headers: ReadonlyMap<string, string>,
  names: Iterable<string>,
): ReadonlyMap<string, string> {
  const lines = [...names].map((name) => `#undef ${name}`).join('\n');
  const prelude = headers.get('prelude.h');
  if (lines === '' || prelude === undefined) return headers;
  const known = made.get(headers) ?? new Map<string, ReadonlyMap<string, string>>();
  made.set(headers, known);
  const changed = known.get(lines) ?? new Map([...headers, ['prelude.h', `${prelude}\n${lines}\n`]]);
  known.set(lines, changed);
  return changed;
}

/** Macros that answer the same whatever they are asked, as `PageHWPoison(page)` in a world where no memory fails. */
export function constantMacros(headers: ReadonlyMap<string, string>): string[] {
  const form = /^#define (\w+)\([^()]*\) (?:[01]U?L?|NULL|true|false)$/gm;
  return [...headers.values()].flatMap((text) => [...text.matchAll(form)].map(([, name = '']) => name));
}
