import { type ComponentChild, h } from 'preact';
import type { StandName } from '../../finding/stand.js';
import { escapeLine } from '../../report/escape.js';
import { age } from '../../report/status.js';

/** How a stand is called, and what it means. */
export const standWords: Record<StandName, { name: string; means: string }> = {
  introduced: { name: 'opens a race', means: 'a violation was executed after the patch and not before it' },
  'not-analysed': { name: 'not analysed', means: 'modelled code is touched, and there is no answer' },
  refused: { name: 'refused', means: 'it cannot be read or applied' },
  fixed: { name: 'closes a race', means: 'a violation before the patch is gone after it' },
  clear: { name: 'nothing found', means: 'what was replayed holds before and after, within its bounds' },
  untouched: { name: 'not concerned', means: 'it changes nothing that a scenario executes' },
  waiting: { name: 'waiting', means: 'it was not reviewed yet' },
  superseded: { name: 'superseded', means: 'a newer version came before its review' },
};

export function standNode(stand: StandName): ComponentChild {
  const { name, means } = standWords[stand];
  return h('span', { class: `stand ${stand}`, title: means }, name);
}

/** When something was: how long ago for the eye, exactly for who points at it. */
export function timeNode(ms: number, nowMs: number): ComponentChild {
  const date = new Date(ms);
  const exact = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  const words = nowMs - ms < 60_000 ? 'just now' : `${age(nowMs - ms)} ago`;
  return h('time', { dateTime: exact, title: exact.slice(0, 16).replace('T', ' ') }, words);
}

/** `A Developer` of `A Developer <dev@example.org>`; the address when there is no name. */
export function nameOf(sender: string): string {
  const text = escapeLine(sender);
  const name = text
    .replace(/<[^<>]*>\s*$/, '')
    .trim()
    .replace(/^"|"$/g, '');
  return name === '' ? text : name;
}

/** A link to a page of this board; every part is one step of the path. */
export function pathTo(...parts: (string | number)[]): string {
  return `/${parts.map((part) => encodeURIComponent(wellFormed(`${part}`))).join('/')}`;
}

/** Half a surrogate pair cannot be written into an address. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/** A line of definitions: nothing for what has no value. */
export function facts(pairs: [name: string, value: ComponentChild][]): ComponentChild {
  const shown = pairs.filter(([, value]) => value !== null && value !== '' && value !== undefined);
  return h(
    'dl',
    { class: 'facts' },
    shown.map(([name, value]) => h('div', {}, [h('dt', {}, name), h('dd', {}, value)])),
  );
}
