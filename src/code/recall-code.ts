import type { Code } from './code.js';

/** Both sides of a patch for the races and for the paths, and those of the one before it. */
const most = 8;

/** Those used last, the last one first. */
const recent: Code[] = [];

/**
 * The object that stood for the same code before, if there was one lately: what was found out about it is known.
 * The next patch of a series starts from what the one before it left, and patches to one tree from the same code.
 */
export function recallCode(code: Code): Code {
  // What a patch adds to headers is rarely added twice.
  if (hasHeaders(code)) return code;
  const at = recent.findIndex((known) => isSame(known, code));
  const found = at < 0 ? code : (recent.splice(at, 1)[0] as Code);
  recent.unshift(found);
  recent.length = Math.min(recent.length, most);
  return found;
}

function hasHeaders({ headers }: Code): boolean {
  return headers !== undefined && headers.added.length + headers.members.size > 0;
}

function isSame(known: Code, code: Code): boolean {
  if (known.baseline !== code.baseline || known.files.size !== code.files.size) return false;
  for (const [path, text] of code.files) if (known.files.get(path) !== text) return false;
  return true;
}
