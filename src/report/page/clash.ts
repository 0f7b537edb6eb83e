import { type ComponentChild, h } from 'preact';
import type { Clash, Part } from '../clash.js';
import { shortenSource } from '../shorten.js';

/** A statement longer than this hides what it does behind its arguments. */
const widest = 76;

/** What each statement is to the one that reads; alone it is only where something breaks. */
function partWords(part: Part, { broken }: Clash, at: number): string {
  const asleep = broken.some((said) => said.includes('sleeper'));
  if (part === 'saw') return 'sees';
  if (part === 'stuck') return 'is stuck';
  if (part === 'rival') return asleep ? 'lets go, and wakes nobody' : at === 0 ? 'first' : 'meanwhile';
  if (asleep) return 'sleeps';
  return at === 0 ? '' : 'goes on';
}

/** The statements that race and what breaks: what a reader who has half a minute needs. */
export function clashNode(clash: Clash, roles: ReadonlyMap<number, string>): ComponentChild {
  const { statements, broken } = clash;
  if (statements.length === 0 || broken.length === 0) return null;
  const rows = statements.map(({ part, moment }, at) =>
    h('li', {}, [
      h('div', { class: 'by' }, [
        h('b', {}, `thread ${moment.thread} ${partWords(part, clash, at)}`.trimEnd()),
        roles.get(moment.thread) ?? '',
      ]),
      h('div', {}, [
        h('code', {}, shortenSource(moment.source, widest)),
        ' ',
        h('small', {}, `${moment.function}(), ${moment.file}:${moment.line}`),
        moment.notes.length === 0 ? null : h('span', { class: 'said' }, moment.notes.join('; ')),
      ]),
    ]),
  );
  const breaks = h('li', { class: 'breaks' }, [
    h('div', { class: 'by' }, h('b', {}, 'breaks')),
    h('div', {}, broken.join('; ')),
  ]);
  return h(
    'div',
    { class: 'clash', role: 'group', 'aria-label': 'what races' },
    h('ol', {}, [...rows, breaks]),
  );
}
