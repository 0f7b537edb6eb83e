import type { FindingStatus } from '../../src/finding/finding.js';
import type { How } from './plan.js';
import type { Told } from './task.js';

/** One line of the results. */
export interface Line extends Told {
  subject: string;
  date: string;
  files: string[];
  how: How;
  cpuMs: number;
}

function count<T>(all: T[], key: (one: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** A reason without what is only of this mail: names, places, numbers. */
export function reasonOf({ why }: Line): string {
  if (why === null) return '';
  return why
    .split('\n')[0]!
    .replace(/: expected .*/, '')
    .replace(/\[[^\]]*\]|\([^)]*\)/g, '')
    .replace(/\b[\w.+-]*(?:\/[\w.+-]+)+\b/g, 'FILE')
    .replace(/\b[0-9a-f]{7,40}\b/g, 'ID')
    .replace(/\b\w+_\w+\b/g, 'NAME')
    .replace(/"[^"]*"/g, '".."')
    .replace(/\d+/g, 'N')
    .replace(/\s+/g, ' ')
    .trim();
}

function rows(title: string, pairs: [string, number][]): string[] {
  return [
    '',
    `| ${title} | mails |`,
    '|---|---|',
    ...pairs.map(([what, number]) => `| ${what} | ${number} |`),
  ];
}

/** Subjects are strangers' words: what would end a cell of a table is taken out. */
const cell = (text: string): string => text.replace(/[|`<>]/g, ' ').slice(0, 100);

function found(lines: Line[], status: FindingStatus): string[] {
  const told = lines.flatMap((line) => {
    const own = line.findings.filter((finding) => finding.status === status);
    const what = own.map(({ rule, race, function: name }) => `${rule} in ${name}() (${race ?? 'path rule'})`);
    return own.length === 0
      ? []
      : [`| ${line.date.slice(0, 10)} | ${cell(line.subject)} | ${what.join(', ')} |`];
  });
  return ['', `| day | ${status} | what |`, '|---|---|---|', ...told];
}

/** Outcomes, how the code before was found, reasons and findings, as tables. */
export function table(lines: Line[]): string {
  const sorted = [...lines].sort((a, b) => (a.date < b.date ? -1 : 1));
  const outcomes = count(sorted, ({ outcome }) => outcome);
  const years = count(sorted, ({ date }) => date.slice(0, 4)).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const files = sorted.flatMap((line) => line.files);
  const bases = count(sorted, ({ base, how }) => `${base}, ${how}`);
  const reasons = count(
    sorted.filter(({ why }) => why !== null),
    (line) => `${line.outcome}: ${cell(reasonOf(line))}`,
  );
  const seconds = Math.round(sorted.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000);
  const statuses = ['introduced', 'unknown-origin', 'fixed'] as const;
  return `${[
    `${sorted.length} mails, ${seconds} s of processor time`,
    ...rows('outcome', outcomes),
    ...rows('year', years),
    ...rows(
      'file',
      count(files, (file) => file),
    ),
    ...rows('base', bases),
    ...rows('reason', reasons),
    ...statuses.flatMap((status) => found(sorted, status)),
  ].join('\n')}\n`;
}
