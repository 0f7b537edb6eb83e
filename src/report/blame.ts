import type { Excerpt, Finding } from '../finding/finding.js';
import type { Clash } from './clash.js';
import { escapeLine } from './escape.js';

const verbs: Record<string, string> = {
  '-': 'takes something out',
  '+': 'puts something in',
  '+-': 'changes something',
};

/** Which signs stand around the line that a hunk is shown for, without a gap. */
function signsAt({ lines, target }: Excerpt): string {
  const isChange = (at: number) => /^[+-]/.test(lines[at] ?? '');
  let [from, to] = [target, target];
  while (isChange(from - 1)) from--;
  while (isChange(to + 1)) to++;
  const signs = new Set(lines.slice(from, to + 1).map((line) => line.charAt(0)));
  return [...signs].sort().join('');
}

/** How the place that a finding is told at stands to the statements that race: it need not be one of them. */
export function blame(
  { location, hunks = [] }: Pick<Finding, 'location' | 'hunks'>,
  { statements }: Clash,
): { races: boolean; text: string } {
  const { file, line, hunkLine } = location;
  if (line === 0) return { races: true, text: '' };
  const where = `${escapeLine(file)}:${line}, in ${escapeLine(location.function)}(),`;
  const all = statements.filter(({ moment }) => moment.line === line && moment.file === escapeLine(file));
  const same = all.find(({ part }) => part === 'acts') ?? all[0];
  if (same !== undefined)
    return { races: true, text: `${where} is the line of thread ${same.moment.thread}.` };
  const [hunk] = hunks;
  const does = hunkLine === null || hunk === undefined ? undefined : verbs[signsAt(hunk)];
  const what = does === undefined ? 'near what the patch changes' : `where the patch ${does}`;
  return { races: false, text: `${where} is none of the lines that race, but ${what}.` };
}
