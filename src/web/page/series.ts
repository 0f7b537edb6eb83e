import { type ComponentChild, h } from 'preact';
import type { Finding } from '../../finding/finding.js';
import type { BaseTry, NotAnalysed, PatchReview, Review } from '../../finding/review.js';
import { escapeLine } from '../../report/escape.js';
import { statusOrder } from '../../report/finding-text.js';
import { basePhrase, count, prose, sentence, unique } from '../../report/phrase.js';
import { conclusion } from '../../report/text.js';
import type { SeriesView } from '../board.js';
import { facts, pathTo, standNode, timeNode } from './words.js';

/** Longer lists are folded. */
const shortList = 6;

/** No page gets longer than this, whatever a series brings along; of patches the next ones are a page on. */
const longestList = 300;

function folded(title: string, items: ComponentChild[]): ComponentChild {
  if (items.length === 0) return null;
  const shown = items.slice(0, longestList);
  const rest = items.length - shown.length;
  const list = h('ul', {}, [...shown, rest > 0 ? h('li', {}, `and ${rest} more`) : null]);
  return h('details', { open: items.length <= shortList }, [
    h('summary', {}, [`${title} `, h('span', { class: 'count' }, items.length)]),
    list,
  ]);
}

function tryNode(each: BaseTry): ComponentChild {
  const commit = each.commit?.slice(0, 12);
  const hunk = each.hunk === null ? null : `hunk ${each.hunk}`;
  const where = [each.tree, each.tree?.includes(commit ?? '') ? null : commit, each.file, hunk];
  const named = where.filter((part) => part !== null && part !== undefined).join(', ');
  return h('li', { class: each.outcome === 'found' ? 'found' : 'missed' }, [
    h('code', {}, escapeLine(each.method)),
    ` ${escapeLine(named)}: ${escapeLine(each.outcome)}`,
  ]);
}

function findingLink(finding: Finding, href: string): ComponentChild {
  const { file, line, function: name } = finding.location;
  return h('li', { class: 'finding' }, [
    h('a', { href }, [
      h('span', { class: `status ${finding.status}` }, finding.status.replace('-', ' ')),
      ' ',
      h('strong', {}, escapeLine(finding.rule)),
      ' in ',
      h('code', {}, `${escapeLine(name)}()`),
    ]),
    h('span', { class: 'place' }, escapeLine(line > 0 ? `${file}:${line}` : file)),
    h('p', {}, prose(finding.title, finding.message)),
  ]);
}

function gapNode({ what, why }: NotAnalysed): ComponentChild {
  return h('li', {}, [h('span', { class: 'gap' }, escapeLine(what)), `: ${escapeLine(why)}`]);
}

function patchNode(series: SeriesView, patch: PatchReview, at: number): ComponentChild {
  const findings = statusOrder
    .flatMap((status) => patch.findings.filter((each) => each.status === status))
    .slice(0, longestList);
  const unseen = patch.findings.length - findings.length;
  const touched = patch.touched.map(({ file, function: name, modelled, why }) =>
    h('li', {}, [
      h('code', {}, `${escapeLine(name)}()`),
      ` ${escapeLine(file)}${modelled ? '' : ', not modelled'}${why === null ? '' : `: ${escapeLine(why)}`}`,
    ]),
  );
  const replays = patch.replays.map((replay) =>
    h('li', {}, [
      h('a', { href: pathTo('races', replay.race) }, escapeLine(replay.race)),
      ` ${replay.before} before, ${replay.after} after; ${escapeLine(replay.bound)}, ${count(replay.states, 'state')}${assumed(replay.assumptions)}`,
    ]),
  );
  return h('article', { class: 'patch' }, [
    h('h2', {}, escapeLine(patch.subject) || 'a diff'),
    h('p', { class: 'quiet' }, sentence(basePhrase(patch.base))),
    ...patch.repairs.map((repair) => h('p', { class: 'quiet' }, `Repaired: ${escapeLine(repair)}`)),
    findings.length === 0
      ? null
      : h(
          'ul',
          { class: 'findings' },
          findings.map((finding) => findingLink(finding, pathTo('series', series.id, at + 1, finding.id))),
        ),
    unseen === 0 ? null : h('p', { class: 'note-line' }, `and ${count(unseen, 'finding')} more.`),
    conclusion(patch, '') === '' ? null : h('p', { class: 'conclusion' }, conclusion(patch, '')),
    folded('Not analysed', patch.notAnalysed.map(gapNode)),
    folded('Tried as the code before the patch', patch.base.tries.map(tryNode)),
    folded('Touched functions', touched),
    folded('Races replayed', replays),
  ]);
}

function assumed(assumptions: string[]): string {
  return assumptions.length === 0 ? '' : `; assumes: ${unique(assumptions).join('; ')}`;
}

/** Where one is in a series of more patches than a page holds, and the way on. */
function patchesNode({ id }: SeriesView, all: number, from: number): ComponentChild {
  if (all <= longestList) return null;
  const link = (to: number, text: string) => h('a', { href: `${pathTo('series', id)}?from=${to}` }, text);
  const last = Math.min(all, from + longestList - 1);
  return h('p', { class: 'note-line' }, [
    `Patches ${from} to ${last} of ${all}. `,
    from > 1 ? link(Math.max(1, from - longestList), 'Those before') : null,
    from > 1 && last < all ? ', ' : null,
    last < all ? link(last + 1, 'Those behind') : null,
  ]);
}

function reviewNode(series: SeriesView, { series: read, patches }: Review, from: number): ComponentChild {
  const first = Math.min(Math.max(1, from), Math.max(1, patches.length));
  const said = [
    ...read.missing.map((each) => `Missing: ${escapeLine(each)}`),
    ...read.notes.map((each) => `Note: ${escapeLine(each)}`),
    ...(read.neverAnswer === null ? [] : [`Never answered: ${escapeLine(read.neverAnswer)}`]),
  ];
  return [
    ...said.map((line) => h('p', { class: 'note-line' }, line)),
    patchesNode(series, patches.length, first),
    ...patches
      .slice(first - 1, first - 1 + longestList)
      .map((patch, at) => patchNode(series, patch, first - 1 + at)),
    patchesNode(series, patches.length, first),
  ];
}

function versionsNode({ id, versions }: SeriesView): ComponentChild {
  if (versions.length < 2) return null;
  return versions.map((each) =>
    each.id === id
      ? h('span', { class: 'version', 'aria-current': 'true' }, `v${each.version}`)
      : h('a', { class: 'version', href: pathTo('series', each.id) }, `v${each.version}`),
  );
}

/** One series: how it stands, what was found in which patch, and what was not looked at; patches from one on. */
export function seriesPage(series: SeriesView, archive: string, nowMs: number, from = 1): ComponentChild {
  const { result, stand } = series;
  return [
    h('h1', {}, escapeLine(series.subject) || '(no subject)'),
    h('p', { class: 'lead' }, [standNode(stand.stand), ' ', escapeLine(stand.reason)]),
    facts([
      ['From', escapeLine(series.sender)],
      ['Came', timeNode(series.arrivedMs, nowMs)],
      ['Lists', series.lists.map(escapeLine).join(', ')],
      ['Versions', versionsNode(series)],
      ['Answer', series.answer === null ? null : escapeLine(series.answer)],
      [
        'Message-ID',
        h(
          'a',
          { href: `${archive}${pathTo(series.messageId).slice(1)}`, rel: 'noreferrer' },
          escapeLine(series.messageId),
        ),
      ],
    ]),
    result?.outcome === 'reviewed' ? reviewNode(series, result.report, from) : null,
  ];
}
