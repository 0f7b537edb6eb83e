import { type ComponentChild, h } from 'preact';
import { render } from 'preact-render-to-string';
import type { MatrixCell, MatrixReport, MatrixRow, MatrixTree } from '../finding/matrix.js';
import { escapeLine } from './escape.js';

/** Nothing may be loaded and nothing may run, whatever stands in the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --rule: #d5dae0; --quiet: #6b7480;
  --bad: #b3261e; --bad-paper: #fde7e5; --good: #1a6b3c; --unsure: #7a5200; --unsure-paper: #fff2d6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --paper: #14171a; --rule: #343a41;
  --quiet: #98a2ad; --bad: #ff9c94; --bad-paper: #4a1714; --good: #7fd6a2; --unsure: #ffcf70; --unsure-paper: #40300b; } }
body { margin: 1.5rem; background: var(--paper); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; } p { margin: .25rem 0; max-width: 60rem; }
table { border-collapse: separate; border-spacing: 0; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--rule); padding: .2rem .5rem; text-align: left; vertical-align: top; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); font-weight: 600; max-width: 5rem;
  overflow-wrap: anywhere; vertical-align: bottom; font-size: 12.5px; }
tbody th { position: sticky; left: 0; background: var(--paper); font-weight: 400; min-width: 18rem;
  max-width: 18rem; }
code { font: 13px ui-monospace, monospace; }
small { display: block; color: var(--quiet); font-size: 12px; }
td { font-size: 12px; min-width: 3.6rem; max-width: 5rem; overflow-wrap: anywhere; }
td + td { border-left: 1px solid var(--paper); }
.violated { background: var(--bad-paper); color: var(--bad); font-weight: 600; }
.violated small { color: inherit; font-weight: 400; }
.holds { color: var(--good); } .absent { color: var(--quiet); }
.not-analysed { background: var(--unsure-paper); color: var(--unsure); }
`;

function cellNode(row: MatrixRow, cell: MatrixCell): ComponentChild {
  const foreign = cell.verdict === 'violated' && !cell.rules.includes(row.rule);
  const title = [cell.bound ?? '', ...cell.rules, ...cell.why].filter((part) => part !== '');
  return h('td', { class: cell.verdict, title: escapeLine(title.join('; ')) }, [
    cell.verdict === 'not-analysed' ? 'not analysed' : cell.verdict,
    foreign ? h('small', {}, escapeLine(cell.rules.join(', '))) : null,
  ]);
}

function rowNode(row: MatrixRow): ComponentChild {
  const name = h('th', { scope: 'row' }, [
    h('code', {}, escapeLine(row.race)),
    h('small', {}, escapeLine(row.title)),
    h('small', {}, escapeLine(`${row.rule}; seen: ${row.seen ?? 'in no version'}`)),
  ]);
  return h('tr', {}, [name, ...row.cells.map((cell) => cellNode(row, cell))]);
}

function headNode({ version, tree, problem }: MatrixTree): ComponentChild {
  return h('th', { scope: 'col', title: escapeLine(problem ?? tree) }, escapeLine(version));
}

function tableNode(report: MatrixReport): ComponentChild {
  return h('table', {}, [
    h('thead', {}, h('tr', {}, [h('th', { scope: 'col' }, 'Race'), ...report.trees.map(headNode)])),
    h('tbody', {}, report.rows.map(rowNode)),
  ]);
}

function disagreementNode(report: MatrixReport): ComponentChild {
  if (report.disagreements.length === 0) return null;
  const items = report.disagreements.map(({ race, version, seen, what }) =>
    h('li', {}, [
      h('code', {}, escapeLine(race)),
      escapeLine(` on ${version} (Seen: ${seen ?? '-'}): ${what}`),
    ]),
  );
  return h('section', {}, [h('h2', {}, 'Where the catalogue says something else'), h('ul', {}, items)]);
}

/** Races by kernels as one page that needs nothing beside itself. */
export function matrixPage(report: MatrixReport): string {
  const title = 'Faultline: races by kernels';
  const body = [
    h('h1', {}, title),
    h(
      'p',
      {},
      'Each cell was executed. Violated: an interleaving was found, by the rule named under the race unless another one stands in the cell. Holds: none within the stated bounds and assumptions. Absent: the functions do not exist there.',
    ),
    tableNode(report),
    disagreementNode(report),
  ];
  const page = h('html', { lang: 'en' }, [
    h('head', {}, [
      h('meta', { charset: 'utf-8' }),
      h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      h('meta', { name: 'viewport', content: 'width=device-width' }),
      h('title', {}, title),
      h('style', {}, style),
    ]),
    h('body', {}, body),
  ]);
  return `<!doctype html>\n${render(page)}\n`;
}
