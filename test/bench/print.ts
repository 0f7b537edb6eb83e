import type { Row } from './row.js';

/** The table for readers: names to the left, figures to the right. */
export function table(rows: readonly Row[]): string {
  const cells = [
    ['what', 'ours', 'theirs', 'unit', 'ratio', 'peer'],
    ...rows.map((row) => [
      row.name,
      figure(row.ours),
      figure(row.theirs),
      row.unit,
      row.ratio === null ? '' : `${row.ratio.toFixed(2)}x`,
      row.peer ?? '',
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const right = new Set([1, 2, 4]);
  const line = (row: string[]) =>
    row.map((cell, at) => (right.has(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join('  ');
  return cells.map((row) => line(row).trimEnd()).join('\n');
}

/** The table as a document has it. */
export function markdown(rows: readonly Row[]): string {
  const cells = rows.map(({ name, ours, theirs, unit, ratio, peer }) => {
    const by = ratio === null ? '' : `${ratio.toFixed(2)}x`;
    return `| ${[name, figure(ours), theirs === null ? '' : figure(theirs), unit, by, peer ?? ''].join(' | ')} |`;
  });
  return ['| what | ours | theirs | unit | ratio | peer |', '|---|--:|--:|---|--:|---|', ...cells].join('\n');
}

function figure(value: number | null): string {
  if (value === null) return '-';
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
}
