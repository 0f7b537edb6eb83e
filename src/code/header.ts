import { ownNames } from '../../simulator/c/own-words.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import { longestMember, structAround, textAfter, textBefore } from './header-hunk.js';
import { readModel } from './model.js';
import { modelledFiles } from './modelled.js';

/** What a patch does to headers and the model takes over, so that the code under review finds it. */
export interface Headers {
  /** Headers that the patch adds: whole texts, by path. */
  added: { path: string; text: string }[];
  /** Declarations of members that the patch adds to a struct, by the struct's tag. */
  members: Map<string, string[]>;
}

/** Reads the headers of a change. What the model cannot take over is told, lest it be taken for looked at. */
export function readHeaders(change: Pick<Change, 'before' | 'after' | 'files'>): {
  headers: Headers;
  notAnalysed: NotAnalysed[];
} {
  const headers: Headers = { added: [], members: new Map() };
  const notAnalysed: NotAnalysed[] = [];
  for (const file of change.files) {
    const { newPath: path } = file;
    if (!path.endsWith('.h')) continue;
    const after = change.after.get(path) ?? textAfter(file);
    const before = change.before.get(path) ?? (file.kind === 'add' ? undefined : textBefore(file));
    if (before === undefined) headers.added.push({ path, text: after });
    const why = before === undefined ? undefined : addMembers(headers, before, after);
    if (why !== undefined && !modelledFiles.includes(path)) notAnalysed.push({ what: path, why });
  }
  return { headers, notAnalysed };
}

/** Undefined when everything that was added are members and lines that name other headers. */
function addMembers(headers: Headers, before: string, after: string): string | undefined {
  const known = new Set(meaningful(before).map(({ line }) => line));
  const left = new Set(meaningful(after).map(({ line }) => line));
  let others = [...known].filter((line) => !left.has(line)).length;
  for (const { line, struct: written } of meaningful(after)) {
    if (known.has(line)) continue;
    const struct = written ?? structAround(after, line);
    if (struct === undefined || !isMember(line)) others++;
    else headers.members.set(struct, [...(headers.members.get(struct) ?? []), line]);
  }
  return others > 0 ? 'of a header only added members are taken over' : undefined;
}

/** One declaration of one member, whose type and name are plain words, and none that speaks to the machine. */
function isMember(line: string): boolean {
  if (line.length > longestMember || !/^[\w\s]+[\s*]\**\w+(?:\[\w*\])?;$/.test(line)) return false;
  const own = ownNames(readModel().headers);
  return !line.split(/\W+/).some((word) => own.has(word));
}

/** Lines without comments and blanks, each with the struct that it stands directly in. */
function meaningful(text: string): { line: string; struct: string | undefined }[] {
  const lines: { line: string; struct: string | undefined }[] = [];
  let struct: string | undefined;
  for (const raw of withoutComments(text).split('\n')) {
    const line = raw.trim().replace(/\s+/g, ' ');
    const opened = /^struct\s+(\w+)\s*\{/.exec(raw);
    if (opened !== null) struct = opened[1];
    else if (raw.startsWith('}')) struct = undefined;
    if (line !== '' && !line.startsWith('#include')) lines.push({ line, struct });
  }
  return lines;
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}
