import { type ComponentChild, h } from 'preact';
import type { Excerpt, Finding, FindingStatus } from '../../finding/finding.js';
import type { Clash } from '../clash.js';
import { escapeLine, escapeLines } from '../escape.js';
import { count } from '../phrase.js';
import { clashRow } from './clash.js';

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

const verbs: Record<string, string> = { '-': 'takes out', '+': 'puts in', '+-': 'changes' };

/** Which signs stand around the line that a hunk is shown for, without a gap. */
function signsAt({ lines, target }: Excerpt): string {
  const isChange = (at: number) => /^[+-]/.test(lines[at] ?? '');
  let [from, to] = [target, target];
  while (isChange(from - 1)) from--;
  while (isChange(to + 1)) to++;
  const signs = new Set(lines.slice(from, to + 1).map((line) => line.charAt(0)));
  return [...signs].sort().join('');
}

/** How the place that the headline names stands to the statements that race. */
function blame({ location, hunks = [] }: Finding, { statements }: Clash): string {
  const { file, line } = location;
  if (line === 0) return '';
  const where = `${escapeLine(file)}:${line}, in ${escapeLine(location.function)}()`;
  const all = statements.filter(({ moment }) => moment.line === line && moment.file === escapeLine(file));
  const same = all.find(({ part }) => part === 'acts') ?? all[0];
  if (same !== undefined) return `${where}, is the line of thread ${same.moment.thread} above.`;
  const [hunk] = hunks;
  const does = location.hunkLine === null || hunk === undefined ? undefined : verbs[signsAt(hunk)];
  return `${where}, is none of the lines above, but ${does === undefined ? 'near what the patch changes' : `where the patch ${does} something`}.`;
}

/** What the patch does where the finding is; nothing for what it has nothing to do with. */
export function patchRow(finding: Finding, clash: Clash): ComponentChild {
  const { hunks = [], status } = finding;
  if (hunks.length === 0) return null;
  return clashRow(
    h('b', {}, parts[status]),
    [h('p', {}, blame(finding, clash)), ...hunks.map(excerptNode)],
    'patch',
  );
}
