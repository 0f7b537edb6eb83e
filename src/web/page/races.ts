import { type ComponentChild, h } from 'preact';
import type { CatalogueEntry } from '../../finding/catalogue.js';
import type { MatrixReport } from '../../finding/matrix.js';
import { ruleSentences } from '../../finding/rule.js';
import { escapeLine } from '../../report/escape.js';
import { witnessNode } from '../../report/page/witness.js';
import { prose, sentence } from '../../report/phrase.js';
import type { OwnWitness } from '../board.js';
import { facts, pathTo } from './words.js';

/** `page-cache` of `rules/race/page-cache/x.c`. */
function familyOf({ file }: CatalogueEntry): string {
  return file.split('/').at(-2) ?? '';
}

/** The catalogue, a section a family. */
export function racesPage(races: readonly CatalogueEntry[]): ComponentChild {
  const families = [...new Set(races.map(familyOf))].sort();
  return [
    h('h1', {}, 'Known races'),
    h(
      'p',
      { class: 'lead' },
      `${races.length} races, each a C file that is its own test: broken it shows the race, repaired it holds.`,
    ),
    ...families.map((family) =>
      familyNode(
        family,
        races.filter((race) => familyOf(race) === family),
      ),
    ),
  ];
}

function familyNode(family: string, races: CatalogueEntry[]): ComponentChild {
  const rows = races.map((race) =>
    h('tr', {}, [
      h('th', { scope: 'row' }, [
        h('a', { href: pathTo('races', race.id) }, race.id),
        h('span', { class: 'reason' }, race.title),
      ]),
      h('td', {}, h('code', {}, race.rule)),
      h('td', { class: 'quiet' }, race.seen ?? 'in no version'),
    ]),
  );
  const heads = ['Race', 'Rule', 'Seen in'].map((name) => h('th', { scope: 'col' }, name));
  return h('section', {}, [
    h('h2', {}, family),
    h('table', { class: 'rows' }, [h('thead', {}, h('tr', {}, heads)), h('tbody', {}, rows)]),
  ]);
}

function linkNode(link: string | null): ComponentChild {
  if (link === null) return null;
  return /^https?:\/\/\S+$/.test(link) ? h('a', { href: link, rel: 'noreferrer' }, link) : link;
}

function kernelsNode(race: CatalogueEntry, matrix: MatrixReport | string): ComponentChild {
  if (typeof matrix === 'string') return null;
  const cells = matrix.rows.find((row) => row.race === race.id)?.cells ?? [];
  if (cells.length === 0) return null;
  const items = cells.map((cell, at) =>
    h(
      'li',
      { class: `kernel ${cell.verdict}` },
      `${matrix.trees[at]?.version ?? ''} ${cell.verdict.replace('-', ' ')}`,
    ),
  );
  return h('ul', { class: 'kernels' }, items);
}

function ownNode(own: OwnWitness): ComponentChild {
  if (own.state === 'executing')
    return h(
      'p',
      { class: 'empty' },
      'It is being executed on its own broken code; the picture comes by itself.',
    );
  if (own.state === 'failed')
    return h('p', { class: 'empty' }, `There is no witness: ${escapeLine(own.why)}.`);
  const { finding } = own;
  return [
    h('p', {}, [
      prose(finding.title, finding.message),
      ' In ',
      h('code', {}, `${finding.location.function}()`),
      '.',
    ]),
    witnessNode(finding, false),
  ];
}

/** One race: what it is, where it was, and its own interleaving. */
export function racePage(
  race: CatalogueEntry,
  own: OwnWitness,
  matrix: MatrixReport | string,
): ComponentChild {
  const meaning = ruleSentences[race.rule];
  return [
    h('nav', { class: 'trail', 'aria-label': 'Where this is' }, h('a', { href: '/races' }, 'Known races')),
    h('h1', {}, race.title),
    h('p', { class: 'lead' }, [h('code', {}, race.rule), meaning === undefined ? '' : `: ${meaning}`]),
    facts([
      ['Name', h('code', {}, race.id)],
      ['Seen in', race.seen ?? 'in no version'],
      ['Introduced', race.introduced],
      ['Fixed', race.fixed],
      ['Link', linkNode(race.link)],
      ['What usually helps', race.advice === null ? null : sentence(race.advice)],
      ['File', h('code', {}, race.file)],
    ]),
    h('pre', { class: 'prose', tabIndex: 0, role: 'region', 'aria-label': 'in words' }, race.prose),
    kernelsNode(race, matrix),
    h('h2', {}, 'Its own interleaving'),
    ownNode(own),
  ];
}
