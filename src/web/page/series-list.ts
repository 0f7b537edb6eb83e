import { type ComponentChild, h } from 'preact';
import type { ShelfEntry, ShelfPage, ShelfQuery } from '../../finding/shelf.js';
import { type StandName, stands } from '../../finding/stand.js';
import { escapeLine } from '../../report/escape.js';
import type { Reader } from '../board.js';
import { nameOf, pathTo, standNode, standWords, timeNode } from './words.js';

type Counts = Partial<Record<StandName, number>>;

function address(query: ShelfQuery): string {
  const names = { stand: query.stand, q: query.words, before: query.before, after: query.after };
  const given = Object.entries(names).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, `${value}`])).toString();
  return text === '' ? '/' : `/?${text}`;
}

function search({ words, stand }: ShelfQuery): ComponentChild {
  return h('form', { class: 'search', role: 'search', action: '/', method: 'get' }, [
    h('label', { for: 'q', class: 'hidden' }, 'Search subject, sender or Message-ID'),
    h('input', {
      id: 'q',
      name: 'q',
      type: 'search',
      value: words ?? '',
      maxLength: 200,
      placeholder: 'Subject, sender or Message-ID',
      autocomplete: 'off',
    }),
    stand === undefined ? null : h('input', { type: 'hidden', name: 'stand', value: stand }),
    h('button', {}, 'Search'),
  ]);
}

function filters(query: ShelfQuery, counts: Counts): ComponentChild {
  const { words } = query;
  const kept = words === undefined ? {} : { words };
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const item = (name: string, count: number, stand: StandName | undefined) =>
    h(
      'a',
      {
        href: address(stand === undefined ? kept : { ...kept, stand }),
        ...(query.stand === stand ? { 'aria-current': 'true' as const } : {}),
      },
      [name, ' ', h('span', { class: 'count' }, count.toLocaleString('en'))],
    );
  return h('nav', { class: 'filters', 'aria-label': 'How series stand' }, [
    item('all', total, undefined),
    ...stands
      .filter((stand) => (counts[stand] ?? 0) > 0 || query.stand === stand)
      .map((stand) => item(standWords[stand].name, counts[stand] ?? 0, stand)),
  ]);
}

function row(entry: ShelfEntry, nowMs: number): ComponentChild {
  return h('li', { class: 'entry' }, [
    h('div', { class: 'how' }, standNode(entry.stand)),
    h('div', { class: 'what' }, [
      h(
        'a',
        { class: 'subject', href: pathTo('series', entry.id) },
        escapeLine(entry.subject) || '(no subject)',
      ),
      h('p', { class: 'reason' }, escapeLine(entry.reason)),
    ]),
    h('div', { class: 'who' }, [
      h('span', { class: 'name' }, nameOf(entry.sender)),
      h('span', { class: 'when' }, [
        entry.version > 1 ? `v${entry.version}, ` : '',
        timeNode(entry.arrivedMs, nowMs),
      ]),
    ]),
  ]);
}

function turning(query: ShelfQuery, page: ShelfPage): ComponentChild {
  const { before: _, after: __, ...kept } = query;
  const { older, newer } = page;
  if (older === null && newer === null) return null;
  return h('nav', { class: 'turning', 'aria-label': 'Pages' }, [
    newer === null ? null : h('a', { rel: 'prev', href: address({ ...kept, after: newer }) }, '\u2190 Newer'),
    older === null
      ? null
      : h('a', { rel: 'next', href: address({ ...kept, before: older }) }, 'Older \u2192'),
  ]);
}

/** Why a page shows nothing: one that only steps over what this reader may not see has more behind it. */
function emptiness({ words, stand }: ShelfQuery, { older, newer }: ShelfPage): string {
  if (older !== null || newer !== null) return 'Nothing more is shown here.';
  return words === undefined && stand === undefined ? 'No series came yet.' : 'No series is like that.';
}

/** All series, the newest first, as they stand. */
export function seriesList(
  query: ShelfQuery,
  page: ShelfPage,
  counts: Counts,
  nowMs: number,
  reader: Reader,
): ComponentChild {
  return [
    h('h1', { class: 'hidden' }, 'Series'),
    search(query),
    filters(query, counts),
    page.entries.length === 0
      ? h('p', { class: 'empty' }, emptiness(query, page))
      : h(
          'ol',
          { class: 'entries' },
          page.entries.map((entry) => row(entry, nowMs)),
        ),
    turning(query, page),
    reader === 'holder'
      ? null
      : h('p', { class: 'note-line' }, [
          'Series that came in private, or whose embargo is not over, are shown to who ',
          h('a', { href: '/login?next=%2F' }, 'signs in'),
          '.',
        ]),
  ];
}
