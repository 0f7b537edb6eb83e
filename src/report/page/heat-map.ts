import { type ComponentChild, h } from 'preact';
import type { MatrixCell, MatrixReport, MatrixRow, MatrixTree } from '../../finding/matrix.js';
import { escapeLine } from '../escape.js';

/** A cell is a colour and a sign; who cannot see the one reads the other, and who listens hears the word. */
const signs = { violated: '\u2717', holds: '\u2713', 'not-analysed': '?', absent: '\u00b7' } as const;

const meanings = {
  violated: 'an interleaving was found',
  holds: 'none within the stated bounds and assumptions',
  'not-analysed': 'there is no answer; point at a cell for the reason',
  absent: 'the functions do not exist there',
} as const;

/** The words of a verdict. */
const wordOf = (verdict: MatrixCell['verdict']) => verdict.replace('-', ' ');

function cellNode(row: MatrixRow, cell: MatrixCell, tree: MatrixTree | undefined): ComponentChild {
  const foreign = cell.verdict === 'violated' && !cell.rules.includes(row.rule);
  const more = [cell.bound ?? '', ...cell.rules, ...cell.why].filter((part) => part !== '');
  const where = `${tree?.version ?? ''}: ${[wordOf(cell.verdict), ...more].join('; ')}`;
  return h('td', { class: foreign ? `${cell.verdict} foreign` : cell.verdict, title: escapeLine(where) }, [
    h('span', { 'aria-hidden': 'true' }, foreign ? '!' : signs[cell.verdict]),
    h('span', { class: 'hidden' }, wordOf(cell.verdict)),
  ]);
}

function rowNode(
  row: MatrixRow,
  trees: MatrixTree[],
  linkOf: ((race: string) => string) | undefined,
): ComponentChild {
  const name = escapeLine(row.race);
  const head = h('th', { scope: 'row', title: escapeLine(row.title) }, [
    linkOf === undefined ? h('code', {}, name) : h('a', { href: linkOf(row.race) }, h('code', {}, name)),
    h('small', {}, escapeLine(row.rule)),
  ]);
  return h('tr', {}, [head, ...row.cells.map((cell, at) => cellNode(row, cell, trees[at]))]);
}

function headNode({ version, tree, problem }: MatrixTree): ComponentChild {
  const name = h('span', {}, escapeLine(version));
  return h('th', { scope: 'col', class: 'kernel', title: escapeLine(problem ?? tree) }, name);
}

function legend(): ComponentChild {
  const items = Object.entries(meanings).map(([verdict, meaning]) =>
    h('li', {}, [
      h('i', { class: verdict, 'aria-hidden': 'true' }, signs[verdict as keyof typeof signs]),
      `${wordOf(verdict as MatrixCell['verdict'])}: ${meaning}`,
    ]),
  );
  const foreign = h('li', {}, [
    h('i', { class: 'violated foreign', 'aria-hidden': 'true' }, '!'),
    'violated, by another rule than the race is known for',
  ]);
  return h('ul', { class: 'meanings' }, [...items, foreign]);
}

/** Races by kernels: a row a race, a column a kernel. `linkOf` leads to the page of a race. */
export function heatMap(report: MatrixReport, linkOf?: (race: string) => string): ComponentChild {
  const { trees, rows } = report;
  const table = h('table', { class: 'heat' }, [
    h('thead', {}, h('tr', {}, [h('th', { scope: 'col' }, 'Race'), ...trees.map(headNode)])),
    h(
      'tbody',
      {},
      rows.map((row) => rowNode(row, trees, linkOf)),
    ),
  ]);
  const scroll = h(
    'div',
    { class: 'scroll', tabIndex: 0, role: 'region', 'aria-label': 'races by kernels' },
    table,
  );
  return [legend(), scroll, disagreements(report)];
}

function disagreements({ disagreements: all }: MatrixReport): ComponentChild {
  if (all.length === 0) return null;
  const items = all.map(({ race, version, seen, what }) =>
    h('li', {}, [
      h('code', {}, escapeLine(race)),
      escapeLine(` on ${version} (Seen: ${seen ?? '-'}): ${what}`),
    ]),
  );
  return h('section', {}, [h('h2', {}, 'Where the catalogue says something else'), h('ul', {}, items)]);
}
