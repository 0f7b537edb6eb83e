import type { FullStatus, Status } from '../finding/status.js';
import { escapeLine } from './escape.js';
import { count } from './phrase.js';

const units: [number, string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1000, 'second'],
];

/** `3 minutes`: how long ago something was, in its largest unit. */
export function age(ms: number): string {
  const [size, name] = units.find(([unit]) => ms >= unit) ?? units.at(-1)!;
  return count(Math.max(0, Math.floor(ms / size)), name);
}

/** How a daemon fares, for a person: what is wrong stands where the eye goes first. */
export function statusText(status: FullStatus): string {
  const { atMs, startedMs, driver, queue, series, oldestUnreviewedMs } = status;
  const ago = (ms: number | null, never: string) => (ms === null ? never : `${age(atMs - ms)} ago`);
  const lines = [
    startedMs === null
      ? 'the daemon does not run; this is what its store says'
      : `runs for ${age(atMs - startedMs)}`,
    `queue:      ${driver ?? 'none yet'}${queueWords(queue, startedMs)}`,
    `series:     ${series.due + series.queued} to review, ${series.done} reviewed, ${series.superseded} superseded`,
    `oldest:     ${oldestUnreviewedMs === null ? 'nothing waits' : `waits for ${age(atMs - oldestUnreviewedMs)}`}`,
    `held mails: ${status.held}`,
    ...(status.bounces === null ? [] : [`bounces:    ${status.bounces} within a week`]),
  ];
  for (const [outcome, times] of Object.entries(status.outcomes))
    lines.push(`outcome:    ${times} ${escapeLine(outcome)}`);
  for (const { name, lastMailMs, trouble } of status.sources)
    lines.push(
      `source:     ${escapeLine(name)}, last new mail ${ago(lastMailMs, 'never')}${trouble === null ? '' : `; TROUBLE: ${escapeLine(trouble)}`}`,
    );
  for (const { list, lastMailMs } of status.lists)
    lines.push(`list:       ${escapeLine(list)}, last new mail ${ago(lastMailMs, 'never')}`);
  for (const { kind, subject, why, messageId, at } of status.notices)
    lines.push(
      `look at:    ${kind}, ${age(atMs - at)} ago: ${escapeLine(subject)} <${escapeLine(messageId)}>`,
      `            ${escapeLine(why)}`,
    );
  return `${lines.join('\n')}\n`;
}

function queueWords(queue: Status['queue'], startedMs: number | null): string {
  if (queue === null) return startedMs === null ? '' : ', CANNOT BE ASKED';
  const { waiting, active, delayed, ended } = queue;
  return `, ${waiting} waiting, ${active} in work, ${delayed} delayed, ${ended} to record`;
}
