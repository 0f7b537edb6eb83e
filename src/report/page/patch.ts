import { type ComponentChild, h } from 'preact';
import type { Excerpt, Finding, FindingStatus } from '../../finding/finding.js';
import { blame } from '../blame.js';
import type { Clash } from '../clash.js';
import { escapeLine, escapeLines } from '../escape.js';
import { count } from '../phrase.js';

const parts: Record<FindingStatus, string> = {
  introduced: 'opened by',
  fixed: 'closed by',
  present: 'the patch',
  'unknown-origin': 'the patch',
};

const looks: Record<string, string> = { '+': 'add', '-': 'delete' };

function lineNode(line: string, isTarget: boolean): ComponentChild {
  const look = [looks[line.charAt(0)] ?? '', isTarget ? 'target' : '']
    .filter((name) => name !== '')
    .join(' ');
  // A line of its own also for who copies it.
  return h('span', look === '' ? {} : { class: look }, `${escapeLines(line).replaceAll('\n', ' ')}\n`);
}

function excerptNode({ file, header, lines, target, leftOut }: Excerpt): ComponentChild {
  const left = (lines: number) =>
    lines === 0 ? null : h('span', { class: 'left' }, `[${count(lines, 'line')}]\n`);
  const label = `${file}, a hunk of the patch`;
  return h('pre', { class: 'diff', tabIndex: 0, role: 'region', 'aria-label': escapeLine(label) }, [
    h('span', { class: 'head' }, `${escapeLine(file)}  ${escapeLine(header)}\n`),
    left(leftOut.before),
    ...lines.map((line, at) => lineNode(line, at === target && /^[+-]/.test(line))),
    left(leftOut.after),
  ]);
}

/** What the patch does where the finding is, for a row of its box; null for what it has nothing to do with. */
export function patchPart(
  finding: Finding,
  clash: Clash,
): { by: ComponentChild; what: ComponentChild } | null {
  const { hunks = [], status } = finding;
  if (hunks.length === 0) return null;
  const { text } = blame(finding, clash);
  return { by: h('b', {}, parts[status]), what: [h('p', {}, text), ...hunks.map(excerptNode)] };
}
