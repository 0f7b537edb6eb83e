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

/** Outcomes, how the code before was found, and reasons, as tables. */
export function table(lines: Line[]): string {
  const outcomes = count(lines, ({ outcome }) => outcome);
  const bases = count(lines, ({ base, how }) => `${base}, ${how}`);
  const reasons = count(
    lines.filter(({ why }) => why !== null),
    (line) => `${line.outcome}: ${reasonOf(line)}`,
  );
  const seconds = Math.round(lines.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / 1000);
  return `${[
    `${lines.length} mails, ${seconds} s of processor time`,
    ...rows('outcome', outcomes),
    ...rows('base', bases),
    ...rows('reason', reasons),
  ].join('\n')}\n`;
}
