import type { Finding } from '../finding/finding.js';
import type { Base, PatchReview } from '../finding/review.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { quoteArgument } from './phrase.js';
import { wrap } from './wrap.js';

/** The reader has what was reviewed, and not as a file of ours: the command names one that they save it as. */
const savedAs = 'patch.mbox';

type Named = Pick<ReportContext, 'patchName' | 'trees' | 'config'> &
  Partial<Pick<ReportContext, 'saved' | 'lookUp'>>;

/** The command that runs the witness again, as one types it. */
export function replayCommand(
  witness: string,
  { patchName, saved = null, trees, config, lookUp = [] }: Named,
): string {
  const parts = ['faultline replay', quoteArgument(witness)];
  const patch = saved === null ? patchName : savedAs;
  if (patch !== null) parts.push('--patch', quoteArgument(patch));
  for (const argument of lookUp) parts.push(quoteArgument(argument));
  for (const tree of trees) parts.push('--tree', quoteArgument(tree));
  for (const [name, value] of config) parts.push('--config', quoteArgument(`${name}=${value}`));
  return parts.join(' ');
}

/** What has to be done before the command can be run: `, in a checkout of v6.12, with this patch saved as ..`. */
export function replayIntro(patch: PatchReview, { saved }: Pick<ReportContext, 'saved'>): string {
  if (saved === null) return '';
  const { tree, commit } = publicBase(patch);
  const checkout = escapeLine(commit?.slice(0, 12) ?? (tree === '.' ? null : tree) ?? 'its base');
  // Without `--tree` Faultline takes the checkout that it is started in, and our paths are not the reader's.
  const where = saved.elsewhere && !patch.base.baseline ? `, in a checkout of ${checkout}` : '';
  return `${where}, with ${escapeLine(saved.what)} saved as ${savedAs}`;
}

/** Both for a mail, or for what is read like one. */
export function howToReplay(
  findings: Finding[],
  patch: PatchReview,
  config: ReportContext['config'],
  width: number,
): string[] {
  const saved = { what: 'this patch', elsewhere: true };
  const commands = findings.map((finding) =>
    replayCommand(finding.witness, { patchName: null, saved, trees: [], config }).replace(
      ' --patch',
      ' \\\n    --patch',
    ),
  );
  const intro = wrap(`To run it again${replayIntro(patch, { saved })}:`, width);
  return [...intro, ...commands.flatMap((each) => `  ${each}`.split('\n')), ''];
}

/** A folder of the machine that answers is nobody's business: only its last name is told. */
export function publicBase({ base }: PatchReview): Base {
  const tree = base.tree?.replace(/(?<![/\\])[/\\]+$/, '').replace(/^.*[/\\]/, '');
  return { ...base, tree: tree ?? null };
}
