import { type ComponentChild, h } from 'preact';
import type { Finding } from '../../finding/finding.js';
import type { Clash, Part } from '../clash.js';
import { shortenSource } from '../shorten.js';
import { patchPart } from './patch.js';

/** A statement longer than this hides what it does behind its arguments. */
const widest = 76;

/** What each statement is to the one that reads; alone it is only where something breaks. */
function partWords(part: Part, { broken, statements, thread }: Clash, at: number): string {
  const asleep = broken.some((said) => said.includes('sleeper'));
  if (part === 'saw') return 'sees';
  if (part === 'stuck') return 'is stuck';
  const woken = /^wakes ([\d, ]+)/.exec(statements[at]!.moment.notes.join('; '))?.[1];
  if (part === 'rival' && woken !== undefined) return `wakes thread ${woken}, not ${thread}`;
  if (part === 'rival') return asleep ? 'lets go, and wakes nobody' : at === 0 ? 'first' : 'meanwhile';
  if (asleep) return 'sleeps';
  if (statements.some((each) => each.part === 'stuck')) return at === 0 ? 'never undoes' : '';
  if (at === 0) return statements.length === 1 ? 'alone' : '';
  return statements.some((each) => each.part === 'saw') ? 'goes on' : 'then';
}

/** A row of the box: who, and what. */
function clashRow(by: ComponentChild, what: ComponentChild, kind?: string): ComponentChild {
  return h('li', kind === undefined ? {} : { class: kind }, [
    h('div', { class: 'by' }, by),
    h('div', {}, what),
  ]);
}

/** The statements that race, what breaks, and what the patch did: what a reader who has half a minute needs. */
export function clashNode(
  clash: Clash,
  roles: ReadonlyMap<number, string>,
  finding: Finding,
): ComponentChild {
  const { statements, broken } = clash;
  if (statements.length === 0 || broken.length === 0) return null;
  const rows = statements.map(({ part, moment }, at) =>
    clashRow(
      [
        h('b', {}, `thread ${moment.thread} ${partWords(part, clash, at)}`.trimEnd()),
        roles.get(moment.thread) ?? '',
      ],
      [
        h('code', {}, shortenSource(moment.source, widest)),
        ' ',
        h('small', {}, `${moment.function}(), ${moment.file}:${moment.line}`),
        ...moment.notes.map((note) =>
          h('span', { class: 'said' }, note.replace(/^<- /, '').replace(' <- ', ', ')),
        ),
      ],
    ),
  );
  const breaks = clashRow(h('b', {}, 'breaks'), broken.join('; '), 'breaks');
  const patch = patchPart(finding, clash);
  const opened = patch === null ? null : clashRow(patch.by, patch.what, 'patch');
  return h(
    'div',
    { class: 'clash', role: 'group', 'aria-label': 'what races' },
    h('ol', {}, [...rows, breaks, opened]),
  );
}
