import { parseBroken } from './parse-broken.js';
import type { Race } from './race.js';

/** Reads one file of rules/race. Throws an Error that says what is wrong: the catalogue is ours, not input. */
export function parseRace(file: string, source: string): Race {
  const head = /^\/\*([\s\S]*?)\*\//.exec(source);
  if (head === null) throw new Error(`${file}: no head comment`);
  const lines = (head[1] as string).split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const trailer = (name: string): string | null => trailerOf(lines, name);
  const required = (name: string): string => {
    const value = trailer(name);
    if (value === null) throw new Error(`${file}: no "${name}:" line`);
    return value;
  };
  const { text, broken, edits } = parseBroken(file, source);
  const marks = marksOf(text);
  const threads = marks.filter((mark) => mark.word === 'thread');
  if (threads.length < 1 || threads.length > 4)
    throw new Error(`${file}: one to four threads, not ${threads.length}`);
  return {
    id: required('Id'),
    title: lines.find((line) => line !== '') ?? '',
    rule: required('Rule'),
    seen: trailer('Seen'),
    introduced: trailer('Introduced'),
    fixed: trailer('Fixed'),
    link: trailer('Link'),
    advice: trailer('Advice'),
    prose: proseOf(lines),
    file,
    era: required('Era'),
    files: (trailer('Files') ?? 'fs/dax.c').split(',').map((path) => path.trim()),
    reported: (trailer('Functions') ?? '').split(/[\s,]+/).filter((name) => name !== ''),
    needs: lines
      .filter((line) => line.startsWith('Needs:'))
      .map((line) =>
        line
          .slice(6)
          .split('|')
          .map((name) => name.trim()),
      ),
    start: marks.find((mark) => mark.word === 'start')?.fn,
    threads: threads.map(({ note, fn }) => ({ name: note, fn })),
    always: marks
      .filter((mark) => mark.word === 'always')
      .map(({ argument, fn }) => ({ fn, free: freeLocks(argument) })),
    finally: marks.filter((mark) => mark.word === 'finally').map((mark) => mark.fn),
    text,
    broken,
    edits,
  };
}

/** A trailer's value; lines indented below it belong to it. */
function trailerOf(lines: string[], name: string): string | null {
  const at = lines.findIndex((line) => line.startsWith(`${name}:`));
  if (at < 0) return null;
  let value = (lines[at] as string).slice(name.length + 1).trim();
  for (let next = at + 1; /^\s{4,}\S/.test(lines[next] ?? ''); next++)
    value += ` ${(lines[next] as string).trim()}`;
  return value === '-' || value === '' ? null : value;
}

/** What follows the block of trailers. */
function proseOf(lines: string[]): string {
  let last = -1;
  lines.forEach((line, at) => {
    if (/^(Id|Rule|Functions|Era|Files|Needs|Seen|Introduced|Fixed|Link|Advice):/.test(line)) last = at;
  });
  while (/^\s{4,}\S/.test(lines[last + 1] ?? '')) last++;
  return lines
    .slice(last + 1)
    .join('\n')
    .trim();
}

interface Mark {
  word: string;
  argument: string;
  note: string;
  fn: string;
}

/** The comments (`@thread PMD write fault`) before functions, which say what each is for. */
function marksOf(text: string): Mark[] {
  const pattern = /\/\*\s*@(\w+)(?:\(([^)]*)\))?\s*([^*]*?)\s*\*\/\s*(?:static\s+)?[\w\s*]*?\b(\w+)\s*\(/g;
  return [...text.matchAll(pattern)].map(([, word, argument, note, fn]) => ({
    word: word as string,
    argument: argument ?? '',
    note: note as string,
    fn: fn as string,
  }));
}

/** `free: the_mapping->i_pages.xa_lock, mm[0].page_table_lock`: C lvalues of locks. */
function freeLocks(argument: string): string[] {
  return argument
    .replace(/^\s*free:\s*/, '')
    .split(',')
    .map((lock) => lock.trim())
    .filter((lock) => lock !== '');
}
