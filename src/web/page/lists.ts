import { type ComponentChild, h } from 'preact';
import { type Status, whyNotReady } from '../../finding/status.js';
import { escapeLine } from '../../report/escape.js';
import { age } from '../../report/status.js';
import { facts, timeNode } from './words.js';

/** A list that is silent for longer than this may have thrown us out. */
const silentMs = 3 * 86_400_000;

function listRow(name: string, lastMs: number | null, nowMs: number, trouble: string | null): ComponentChild {
  const silent = lastMs !== null && nowMs - lastMs > silentMs;
  const state = trouble !== null ? 'trouble' : lastMs === null || silent ? 'silent' : 'well';
  return h('tr', { class: state }, [
    h('th', { scope: 'row' }, escapeLine(name)),
    h('td', {}, lastMs === null ? 'no mail yet' : timeNode(lastMs, nowMs)),
    h('td', {}, trouble === null ? state : escapeLine(trouble)),
  ]);
}

function table(caption: string, rows: ComponentChild[]): ComponentChild {
  const heads = ['Name', 'Last new mail', 'State'].map((name) => h('th', { scope: 'col' }, name));
  return h('section', {}, [
    h('h2', {}, caption),
    rows.length === 0
      ? h('p', { class: 'empty' }, 'None was heard yet.')
      : h('table', { class: 'rows health' }, [h('thead', {}, h('tr', {}, heads)), h('tbody', {}, rows)]),
  ]);
}

/** Whether mail comes, and how much of it waits. */
export function listsPage(status: Status): ComponentChild {
  const { atMs, startedMs, queue, series, oldestUnreviewedMs } = status;
  const reasons = whyNotReady(status);
  return [
    h('h1', {}, 'Lists'),
    reasons.length === 0
      ? h('p', { class: 'lead' }, 'Every source is read, and the queue answers.')
      : h(
          'ul',
          { class: 'alarm' },
          reasons.map((reason) => h('li', {}, escapeLine(reason))),
        ),
    table(
      'Sources',
      status.sources.map(({ name, lastMailMs, trouble }) => listRow(name, lastMailMs, atMs, trouble)),
    ),
    table(
      'Lists',
      status.lists.map(({ list, lastMailMs }) => listRow(list, lastMailMs, atMs, null)),
    ),
    h('section', {}, [
      h('h2', {}, 'Work'),
      facts([
        ['Runs for', startedMs === null ? null : age(atMs - startedMs)],
        ['To review', `${series.due + series.queued}`],
        ['Reviewed', series.done.toLocaleString('en')],
        ['Oldest waits for', oldestUnreviewedMs === null ? 'nothing waits' : age(atMs - oldestUnreviewedMs)],
        ['In work', queue === null ? 'the queue cannot be asked' : `${queue.active}`],
        ['Held mails', `${status.held}`],
        ['Bounces in a week', status.bounces === null ? null : `${status.bounces}`],
        ...Object.entries(status.outcomes).map(([name, times]): [string, string] => [
          `Of them ${escapeLine(name)}`,
          times.toLocaleString('en'),
        ]),
      ]),
    ]),
  ];
}
