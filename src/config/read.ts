import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { type Config, configuration } from './config.js';

/** What is wrong with a configuration, and where; lines and columns count from 1. */
export interface Fault {
  line: number;
  column: number;
  /** `lists."a@b.c".deliver: expected one of "me"|"author"|"list"`. */
  reason: string;
}

/** A file larger than this is none of ours. */
const mostBytes = 1_000_000;
const mostFaults = 20;

/** Reads a YAML configuration. Every fault is told with its place; nothing is thrown for what the text says. */
export function readConfig(text: string): { config: Config } | { faults: Fault[] } {
  if (text.length > mostBytes)
    return { faults: [{ line: 1, column: 1, reason: `more than ${mostBytes} bytes` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0, uniqueKeys: true } as never);
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const broken = document.errors.map(({ pos, message }) => ({
    ...at(pos[0]),
    reason: (message.split('\n')[0] as string).replace(/ at line \d+, column \d+:?$/, ''),
  }));
  if (broken.length > 0) return { faults: broken.slice(0, mostFaults) };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { faults: [{ line: 1, column: 1, reason: 'aliases (*name) are not read' }] };
  }
  const result = configuration.safeParse(data ?? {});
  const twice = namedTwice(data);
  if (result.success && twice.length === 0) return { config: result.data };
  const faults = [...(result.error?.issues ?? []).flatMap(faultsOf), ...twice]
    .map(({ path, reason, key }) => ({ ...at(offsetOf(document.contents, path, key)), reason }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return { faults: faults.slice(0, mostFaults) };
}

interface Found {
  path: PropertyKey[];
  /** The key itself is at fault, not its value. */
  key: boolean;
  reason: string;
}

/** An unknown key is told where it stands, not where the map begins that should not have it. */
function faultsOf(issue: z.core.$ZodIssue): Found[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const path = [...issue.path, key];
      return { path, key: true, reason: `${spell(path)}: there is no such setting` };
    });
  const reason = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/, received undefined$/, ', and it is missing')
    .replace(/^Too small: expected array to have >=1 items$/, 'at least one is needed');
  const nested = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? reason) : reason;
  return [{ path: issue.path, key: issue.code === 'invalid_key', reason: `${spell(issue.path)}: ${nested}` }];
}

/**
 * What means the same twice: the second would hold without a word, or read on where the first one stopped. Addresses
 * are compared without regard to case, which YAML does not know.
 */
function namedTwice(data: unknown): Found[] {
  const { lists, sources } = (data ?? {}) as { lists?: unknown; sources?: unknown };
  const keys = typeof lists === 'object' && lists !== null ? Object.keys(lists) : [];
  const all: unknown[] = Array.isArray(sources) ? sources : [];
  const names = all.flatMap((each, at) => {
    const { name } = (each ?? {}) as { name?: unknown };
    return typeof name === 'string' ? [name] : [`#${at}`];
  });
  const again = (all: string[]) => (one: string, at: number) => all.indexOf(one) < at;
  const small = keys.map((key) => key.toLowerCase());
  return [
    ...keys
      .filter((_, at) => again(small)(small[at]!, at))
      .map((key) => ({
        path: ['lists', key],
        key: true,
        reason: `${spell(['lists', key])}: it is named twice`,
      })),
    ...names.flatMap((name, at) => {
      const path = ['sources', at, 'name'];
      return again(names)(name, at)
        ? [{ path, key: false, reason: `${spell(path)}: it is named twice` }]
        : [];
    }),
  ];
}

function spell(path: readonly PropertyKey[]): string {
  const parts = path.map((part, at) => {
    if (typeof part === 'number') return `[${part}]`;
    const word = /^[\w-]+$/.test(String(part)) ? String(part) : JSON.stringify(part);
    return at === 0 ? word : `.${word}`;
  });
  return parts.join('') || 'the file';
}

/** Where the value (or the key) that a path leads to begins; of what is missing, where it should have been. */
function offsetOf(node: Node | null, path: readonly PropertyKey[], key: boolean): number {
  let at: Node | null = node;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (!isMap(at)) {
      at = (at as { items?: Node[] } | null)?.items?.[part as number] ?? null;
    } else {
      const pair = at.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
      );
      const name = pair?.key as Node | undefined;
      if (name?.range) offset = name.range[0];
      if (key && depth === path.length - 1) return offset;
      at = (pair?.value as Node | null | undefined) ?? null;
    }
    if (at?.range) offset = at.range[0];
    else return offset;
  }
  return offset;
}
