import type { CatalogueEntry } from '../finding/catalogue.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine, escapeLines } from './escape.js';
import { count } from './phrase.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

/** Only what the document publishes: entries may carry more (their program, their file's text). */
export function catalogueDocument(entries: CatalogueEntry[]): object {
  const published = entries.map(({ id, title, rule, seen, introduced, fixed, link, advice, prose, file }) => {
    return { id, title, rule, seen, introduced, fixed, link, advice, prose, file };
  });
  return { version: 1, entries: published };
}

/** All that one race's head says. */
export function raceText(entry: CatalogueEntry, context: ReportContext): string {
  const colours = palette(context.colour);
  const lines = [...wrap(escapeLine(entry.title), context.columns).map(colours.strong), ''];
  const rows: [string, string | null][] = [
    ['Id', entry.id],
    ['Rule', entry.rule],
    ['Seen', entry.seen],
    ['Introduced', entry.introduced],
    ['Fixed', entry.fixed],
    ['Link', entry.link],
    ['Advice', entry.advice],
    ['File', entry.file],
  ];
  for (const [name, value] of rows) {
    if (value !== null)
      lines.push(...wrap(escapeLine(value), context.columns, pad(`${name}:`, 12), ' '.repeat(12)));
  }
  const prose = escapeLines(entry.prose).trimEnd();
  if (prose !== '') lines.push('', ...prose.split('\n').map((line) => line.trimEnd()));
  return `${lines.join('\n')}\n`;
}

/** The races by id, each with its rule, the versions it was seen in, and its title. */
export function catalogueText(entries: CatalogueEntry[], context: ReportContext): string {
  const ids = Math.max(0, ...entries.map((entry) => widthOf(escapeLine(entry.id))));
  const rules = Math.max(0, ...entries.map((entry) => widthOf(escapeLine(entry.rule))));
  const lines = entries.flatMap((entry) => {
    const head = `${pad(escapeLine(entry.id), ids)}  ${pad(escapeLine(entry.rule), rules)}  ${escapeLine(entry.seen ?? '')}`;
    return [head.trimEnd(), ...wrap(escapeLine(entry.title), context.columns, '    ')];
  });
  return `${[...lines, '', count(entries.length, 'race')].join('\n')}\n`;
}
