import { headerOfPatch } from '../../simulator/c/own-words.js';
import type { Headers } from './header.js';

/** The model's headers with what a patch adds to the kernel's: its new headers, and members of known structs. */
export function patchedHeaders(
  model: ReadonlyMap<string, string>,
  headers: Headers | undefined,
): ReadonlyMap<string, string> {
  if (headers === undefined || (headers.added.length === 0 && headers.members.size === 0)) return model;
  const patched = new Map(model);
  for (const { path, text } of headers.added) patched.set(headerOfPatch(path), text);
  const include = headers.added.map(({ path }) => `#include "${headerOfPatch(path)}"`).join('\n');
  patched.set('patched.h', include);
  for (const [name, text] of model) {
    let result = text;
    for (const [struct, members] of headers.members) result = withMembers(result, struct, members);
    if (result !== text) patched.set(name, result);
  }
  return patched;
}

/** A member of the same name, which the model has from another era, gives way. */
function withMembers(text: string, struct: string, members: readonly string[]): string {
  const pattern = new RegExp(`^struct ${struct} \\{\\n[\\s\\S]*?^\\};`, 'm');
  return text.replace(pattern, (definition) => {
    const names = members.map((member) => /\b(\w+)(?:\[\w*\])?;$/.exec(member)?.[1]);
    const kept = definition
      .split('\n')
      .filter((line) => !names.some((name) => new RegExp(`\\b${name}(?:\\[\\w*\\])?;`).test(line)));
    return [...kept.slice(0, -1), ...members.map((member) => `\t${member}`), '};'].join('\n');
  });
}
