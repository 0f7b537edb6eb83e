import type { FilePatch } from '../change/patch.js';
import { readModel } from './model.js';

/** What hunks show of a file after the patch: all of it where the patch adds it. */
export function textAfter({ hunks }: FilePatch): string {
  return textOf(hunks, 'delete');
}

export function textBefore({ hunks }: FilePatch): string {
  return textOf(hunks, 'add');
}

function textOf(hunks: FilePatch['hunks'], without: 'add' | 'delete'): string {
  const shown = hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== without));
  return shown.map(({ text }) => `${text}\n`).join('');
}

/** Lines that count as near to an added one. */
const reach = 4;

/**
 * The struct of the model that a line stands in of which only the lines around are known: the one that has at
 * least two of the members there, and more of them than any other.
 */
export function structAround(text: string, line: string): string | undefined {
  const lines = text.split('\n').map(memberName);
  const at = lines.indexOf(memberName(line));
  const near = lines.slice(Math.max(0, at - reach), at + reach + 1).filter((name) => name !== undefined);
  const counts = [...structsOfModel()].map(([tag, members]) => {
    return { tag, count: near.filter((name) => members.has(name)).length };
  });
  const [best, second] = counts.sort((a, b) => b.count - a.count);
  return best !== undefined && best.count >= 2 && best.count > (second?.count ?? 0) ? best.tag : undefined;
}

/** Characters of a line that declares a member. */
export const longestMember = 200;

/** Of a line that declares one member. */
export function memberName(line: string): string | undefined {
  return /^\s*[\w\s]+[\s*]\**(\w+)(?:\[\w*\])?;/.exec(line.slice(0, longestMember))?.[1];
}

let known: Map<string, Set<string>> | undefined;

function structsOfModel(): Map<string, Set<string>> {
  if (known !== undefined) return known;
  known = new Map();
  for (const text of readModel().headers.values()) {
    for (const [, tag, body] of text.matchAll(/^struct (\w+) \{\n([\s\S]*?)^\};/gm)) {
      const names = (body as string).split('\n').flatMap((line) => memberName(line) ?? []);
      known.set(tag as string, new Set([...(known.get(tag as string) ?? []), ...names]));
    }
  }
  return known;
}
